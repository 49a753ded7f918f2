import { expect, it } from 'vitest';
import { excerptAround } from './excerpt.ts';

it('has the first hit where two lines show it, also at the end of a text just as long as an excerpt', () => {
  const text = `${'長い前置きです。'.repeat(18)}京都へ。`;
  const at = text.indexOf('京都');
  const { snippet, highlights } = excerptAround(text, [[at, at + 2]]);
  expect(highlights[0]?.[0]).toBeLessThan(70);
  expect(snippet.slice(...(highlights[0] ?? []))).toBe('京都');
});

it('begins at the beginning where the hit is near to it', () => {
  const text = `${'One word more. '.repeat(4)}Kyoto`;
  expect(excerptAround(text, [[60, 65]])).toEqual({ snippet: text, highlights: [[60, 65]] });
});
