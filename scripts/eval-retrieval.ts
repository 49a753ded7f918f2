import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { embedderOfEnvironment } from './eval-retrieval/environment-embedder.ts';
import { evaluate, type Evaluation } from './eval-retrieval/evaluate.ts';
import { readCollection } from './eval-retrieval/judged-collection.ts';

const usage = `Usage: npm run eval:retrieval -- DIR [--json] [--embedding-model ID]

Ranks a judged collection with the code that finds passages, and says how good the ranking is: by words, and, where
OPENAI_API_KEY or OPENAI_BASE_URL is set, by vectors and by both. Making the vectors is a call to that provider, and paid for.
DIR holds the collection in BEIR layout: corpus.jsonl, queries.jsonl and qrels.tsv (or qrels/test.tsv).`;

await main();

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      'embedding-model': { type: 'string' },
    },
  });
  const [dir] = positionals;
  if (values.help || dir === undefined || !existsSync(path.join(dir, 'corpus.jsonl'))) {
    console.error(dir === undefined || values.help ? usage : `No corpus.jsonl in ${dir}.\n\n${usage}`);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const evaluation = await evaluate(await readCollection(dir), (db) => embedderOfEnvironment(db, process.env, values['embedding-model']));
  console.log(values.json ? JSON.stringify(evaluation) : asText(evaluation));
}

function asText({ documents, questions, methods, costNanos }: Evaluation): string {
  const [first] = methods;
  const names = first === undefined ? [] : Object.keys(first).filter((name) => name !== 'method');
  const rows = names.map((name) => [name, ...methods.map((outcome) => valueOf(outcome, name))]);
  const table = [['', ...methods.map(({ method }) => method)], ...rows].map(([name = '', ...cells]) =>
    [name.padEnd(18), ...cells.map((cell) => cell.padStart(9))].join(''),
  );
  const hasVectors = methods.length > 1;
  const vectorCost = costNanos === null ? 'at a price that is not known' : `for $${(costNanos / 1e9).toFixed(4)}`;
  return [
    `${documents} documents, ${questions} questions`,
    ...table,
    hasVectors ? `Vectors made ${vectorCost}.` : 'Keyword only: neither OPENAI_API_KEY nor OPENAI_BASE_URL is set.',
  ].join('\n');
}

function valueOf(outcome: Evaluation['methods'][number], name: string): string {
  const value = Object.entries(outcome).find(([key]) => key === name)?.[1];
  return typeof value === 'number' ? value.toFixed(4) : '';
}
