import path from 'node:path';
import { expect, it } from 'vitest';
import { evaluate } from '../../scripts/eval-retrieval/evaluate.ts';
import { readCollection } from '../../scripts/eval-retrieval/judged-collection.ts';

it.each([
  ['Japanese', 'ja'],
  ['Chinese', 'zh'],
  ['English', 'en'],
])('the right passage comes first for 19 of 20 questions by words alone, and is always found: %s', async (_language, folder) => {
  const { questions, methods } = await evaluate(await readCollection(path.join(import.meta.dirname, folder)));
  const [keyword] = methods;
  expect(questions).toBe(20);
  expect(keyword?.precisionAt1).toBeGreaterThanOrEqual(0.95);
  expect(keyword?.recallAt10).toBe(1);
});
