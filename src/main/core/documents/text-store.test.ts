import { expect, it, onTestFinished } from 'vitest';
import { openTemporaryDatabase } from '../../../../tests/temporary-database.ts';
import { createDocumentWriter } from '../../../../tests/stored-document.ts';
import { createTextStore } from './text-store.ts';

it('reads across stretches, and knows the page of every offset', () => {
  const temporary = openTemporaryDatabase();
  onTestFinished(() => temporary[Symbol.dispose]());
  const write = createDocumentWriter(temporary.db);
  for (const id of ['one', 'other']) write(id, `${id}.txt`, []);
  const texts = createTextStore(temporary.db);
  const stretches = ['Erster Teil. ', '第二部。🦊', ' The third part.'];
  let startOffset = 0;
  for (const [index, text] of stretches.entries()) {
    texts.append('one', { startOffset, text, pages: index === 1 ? [] : [[index + 1, startOffset + index]] });
    startOffset += text.length;
  }
  texts.append('other', { startOffset: 0, text: 'not this one', pages: [] });

  const whole = stretches.join('');
  for (let start = 0; start <= whole.length; start += 1) {
    for (let end = start; end <= whole.length + 1; end += 1) expect(texts.between('one', start, end)).toBe(whole.slice(start, end));
  }
  expect(texts.lengthOf('one')).toBe(whole.length);
  expect(texts.lengthOf('nobody')).toBe(0);
  expect(texts.pagesOf('one')).toEqual([[1, 0], [3, 21]]); // prettier-ignore
  expect([0, 20, 21, 30].map((offset) => texts.pageAt('one', offset))).toEqual([1, 1, 3, 3]);
  expect(texts.pageAt('other', 3)).toBeNull();

  expect(texts.removeSome('one', 2) + texts.removeSome('one', 2)).toBe(3);
  expect([texts.lengthOf('one'), texts.pagesOf('one'), texts.lengthOf('other')]).toEqual([0, [], 12]);
});
