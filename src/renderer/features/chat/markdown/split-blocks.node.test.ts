import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { createBlockSplitter } from './split-blocks.ts';

/** Bytes of this process's heap after a collection. */
function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  // What the flag adds to every new context.
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

it('keeps of a long answer only what its blocks say, not each text they were cut from', () => {
  const split = createBlockSplitter();
  const before = heapAfterCollection();
  let text = '';
  for (let block = 0; block < 1_000; block += 1) {
    text += `Paragraph ${String(block)} of an answer, with some words in it: ${'契約'.repeat(20)}\n\n`;
    split(text);
  }
  const blocks = split(text);
  expect(blocks).toHaveLength(1_000);
  // The text is 180 kB. Of every block the text so far would be 90 MB.
  expect(heapAfterCollection() - before).toBeLessThan(5_000_000);
});
