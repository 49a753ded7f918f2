import { expect, it } from 'vitest';
import { formatOf } from './format.ts';

const en = formatOf('en');

it.each([
  [410, '0.41s'],
  [4_260, '4.3s'],
  [9_999, '10s'],
  [59_600, '1m 0s'],
  [3_599_700, '1h 0m'],
  [3_661_000, '1h 1m'],
])('writes %i ms as %s', (durationMs, expected) => {
  expect(en.duration(durationMs)).toBe(expected);
});

it('never rounds a share to all or nothing', () => {
  expect(['0.999', '0.0001', '1', '0'].map((share) => en.percent(Number(share)))).toEqual(['99%', '1%', '100%', '0%']);
});

it('keeps a size below the next unit', () => {
  expect([0, 1_023, 1_024, 1_536, 200 * 1024 * 1024].map(en.bytes)).toEqual(['0B', '1,023B', '1 kB', '1.5 kB', '200 MB']);
});

it('writes a calendar day as that day, whatever the reader’s zone, with the year when it is another', () => {
  expect(en.day('2026-11-02', '2026-11-23')).toBe('Nov 2');
  expect(en.day('2025-12-31', '2026-11-23')).toBe('Dec 31, 2025');
  expect(formatOf('ja').day('2026-11-02', '2026-11-23')).toBe('11月2日');
  expect([en.month('2026-11'), formatOf('ja').month('2026-01')]).toEqual(['November 2026', '2026年1月']);
});
