import { expect, it } from 'vitest';
import { groupOf } from './day-groups.ts';

const now = new Date(2026, 10, 23, 9, 30).getTime();
const at = (...parts: [number, number, number, number?, number?]) => new Date(...parts).getTime();

it.each([
  ['today', at(2026, 10, 23, 0, 0)],
  ['yesterday', at(2026, 10, 22, 23, 59)],
  ['yesterday', at(2026, 10, 22, 0, 0)],
  ['week', at(2026, 10, 21, 23, 59)],
  ['week', at(2026, 10, 16, 0, 0)],
  ['month', at(2026, 10, 15, 23, 59)],
  ['older', at(2026, 9, 23)],
] as const)('is %s by the calendar, not by hours', (group, updatedAt) => {
  expect(groupOf(updatedAt, now)).toBe(group);
});
