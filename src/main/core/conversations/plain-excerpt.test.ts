import { expect, it } from 'vitest';
import { createHitFinder } from './find-hits.ts';
import { plainExcerpt } from './plain-excerpt.ts';

function excerpt(text: string, query: string): [snippet: string, ...marked: string[]] {
  const { snippet, highlights } = plainExcerpt(text, createHitFinder(query));
  return [snippet, ...highlights.map(([start, end]) => snippet.slice(start, end))];
}

it.each([
  ['You may **object in writing** to it.', 'object', 'You may object in writing to it.', 'object'],
  ['## Rent\n\n- [x] *pay* the `rent`\n> a [lease](https://example.com)', 'lease', 'Rent pay the rent a lease', 'lease'],
  ['| Route | Fare |\n| --- | ---: |\n| Kodama | low |', 'kodama', 'Route Fare Kodama low', 'Kodama'],
  ['```sql\nSELECT a_b FROM t\n```', 'select', 'SELECT a_b FROM t', 'SELECT'],
  ['この**賃料**は上がります。', '賃料', 'この賃料は上がります。', '賃料'],
  ['Twice: 2**3 and a * b * c', 'twice', 'Twice: 2**3 and a * b * c', 'Twice'],
])('shows the words of %j', (text, query, ...expected) => {
  expect(excerpt(text, query)).toEqual(expected);
});

it('shows an address when only that has what was searched for', () => {
  expect(excerpt('See [here](https://example.com/zeppelin).', 'zeppelin')).toEqual([
    'See [here](https://example.com/zeppelin).',
    'zeppelin',
  ]);
});

it('finds its place in a long answer, and says that there is more', () => {
  const line = 'The **harbour** is deep and the tide is slow.\n';
  const [snippet, ...marked] = excerpt(`${line.repeat(200)}A zeppelin is **moored** there.\n${line.repeat(200)}`, 'zeppelin');
  expect(snippet).toMatch(/^….*A zeppelin is moored there\. The harbour is.*…$/u);
  expect(marked).toEqual(['zeppelin']);
});
