import { expect, it } from 'vitest';
import { beginFilling, fillNext, rangeOf } from './placeholders.ts';

const text = 'Translate {{ text }} into {{language}}; keep {{text}} short.';

it('goes from one placeholder to the next and fills those of one name together', () => {
  const first = beginFilling(text);
  expect(first).toMatchObject({ name: 'text', before: 'Translate ' });
  if (first === null) return;
  expect(text.slice(...(rangeOf(text, first) ?? []))).toBe('{{ text }}');
  const second = fillNext(text.replace('{{ text }}', '猫'), first);
  expect(second.text).toBe('Translate 猫 into {{language}}; keep 猫 short.');
  expect(second.filling?.name).toBe('language');
  if (second.filling === null) return;
  const last = fillNext(second.text.replace('{{language}}', 'English'), second.filling);
  expect(last).toEqual({ text: 'Translate 猫 into English; keep 猫 short.', filling: null, isFilled: true });
});

it('passes by a placeholder that was left as it is, and says so', () => {
  const first = beginFilling('{{a}} {{b}}');
  if (first === null) throw new Error('There is one.');
  expect(fillNext('{{a}} {{b}}', first)).toMatchObject({ text: '{{a}} {{b}}', filling: { name: 'b' }, isFilled: false });
});

it('does not take what was filled in for a placeholder, nor loop over it', () => {
  const first = beginFilling('{{a}} {{a}}');
  if (first === null) throw new Error('There is one.');
  expect(fillNext('x{{a}}y {{a}}', first).text).toBe('x{{a}}y {{a}}');
});

it('starts over where the text around it was changed', () => {
  const first = beginFilling('Dear {{name}}, {{wish}}');
  if (first === null) throw new Error('There is one.');
  expect(rangeOf('Hello Ann, {{wish}}', first)).toBeNull();
  expect(fillNext('Hello Ann, {{wish}}', first).filling?.name).toBe('wish');
});

it('finds none in a text without any', () => {
  expect(beginFilling('{single} {{}} {{two\nlines}}')).toBeNull();
});
