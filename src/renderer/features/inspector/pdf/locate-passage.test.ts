import { expect, it } from 'vitest';
import { locatePassage, type TextRange } from './locate-passage.ts';

/** What a range covers, piece by piece. */
function covered(items: readonly string[], range: TextRange | null): string[] | null {
  if (range === null) return null;
  const { start, end } = range;
  return items
    .slice(start.item, end.item + 1)
    .map((text, index) => text.slice(index === 0 ? start.offset : 0, start.item + index === end.item ? end.offset : undefined));
}

it('finds a passage over lines, words that a line end cut, and other spacing', () => {
  const items = ['Rent. The land-', '', 'lord may  raise', ' ', 'the rent. Pets are', 'welcome.'];
  expect(covered(items, locatePassage('The land-\nlord may raise\nthe\u00a0rent.', items, 0))).toEqual([
    'The land-',
    '',
    'lord may  raise',
    ' ',
    'the rent.',
  ]);
  expect(covered(items, locatePassage('landlord may raise', items, 0))).toEqual(['land-', '', 'lord may  raise']);
});

it('takes ligatures, composed letters and wide forms for what they mean', () => {
  const items = ['the o\ufb03ce', 'cafe\u0301 がＡ１'];
  expect(covered(items, locatePassage('office caf\u00e9 か\u3099A1', items, 0))).toEqual(['o\ufb03ce', 'cafe\u0301 がＡ１']);
});

it('keeps characters outside the basic plane whole', () => {
  const items = ['😀😀 one', 'two 😀'];
  expect(covered(items, locatePassage('😀 one two 😀', items, 0))).toEqual(['😀 one', 'two 😀']);
});

it('chooses the one of two that is nearer to where it should be', () => {
  const items = ['As above.', 'Something else in between.', 'As above.'];
  expect(locatePassage('As above.', items, 0)?.start.item).toBe(0);
  expect(locatePassage('As above.', items, 0.9)?.start.item).toBe(2);
});

it('says so when a passage is not there, or is nothing but space', () => {
  expect(locatePassage('The rent is high.', ['The rent is low.'], 0)).toBeNull();
  expect(locatePassage(' \n', ['anything'], 0)).toBeNull();
  expect(locatePassage('anything', [], 0)).toBeNull();
});
