import { expect, it } from 'vitest';
import { triggerAt } from './trigger.ts';

it.each([
  ['/', 'prompt', ''],
  ['/tra', 'prompt', 'tra'],
  ['Please /tra', 'prompt', 'tra'],
  ['一行目\n／翻', 'prompt', '翻'],
  ['@', 'place', ''],
  ['What does @lease', 'place', 'lease'],
  // No space before it: Japanese has none.
  ['契約書は＠賃貸', 'place', '賃貸'],
])('finds what is asked for in %j', (text, kind, query) => {
  expect(triggerAt(text, text.length)).toEqual({ kind, query, start: text.length - query.length - 1, end: text.length });
});

it.each(['and/or', '/usr/bin', 'me@example.com', '/ two', '@ two', 'plain', ''])('finds nothing in %j', (text) => {
  expect(triggerAt(text, text.length)).toBeNull();
});

it('looks at the caret, not at the end', () => {
  expect(triggerAt('/tr and more', 3)).toMatchObject({ query: 'tr', start: 0, end: 3 });
  expect(triggerAt('/tr and more', 8)).toBeNull();
});
