import { expect, it } from 'vitest';
import { normalizeMath } from './normalize-math.ts';

it.each([
  ['the area \\(a^2\\) is', 'the area $$a^2$$ is'],
  ['\\[\na = b\n\\]', '$$\na = b\n$$'],
  ['so $x_1$, and $y$.', 'so $$x_1$$, and $$y$$.'],
  ['$$e = mc^2$$', '$$\ne = mc^2\n$$'],
  ['面積は$a^2$です', '面積は$$a^2$$です'],
  ['面積は \\(a^2\\) です', '面積は $$a^2$$ です'],
])('reads the formula in %j', (text, expected) => {
  expect(normalizeMath(text)).toBe(expected);
});

it.each([
  'It costs $5 and $10.',
  'US$5–$6 a month',
  'from $5-$10',
  '`$a$` and ``$b`$``',
  '```sh\necho $HOME $PATH\n```',
  'set `$x` to $5, then `$y`',
  'a \\$5 bill and a \\$10 bill',
  '\\( never closed',
])('leaves %j as it is', (text) => {
  expect(normalizeMath(text)).toBe(text);
});

it('reads on after code', () => {
  expect(normalizeMath('```\n$a$\n```\nthen \\(b\\)')).toBe('```\n$a$\n```\nthen $$b$$');
});
