import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { closeDatabase, openDatabase } from '../src/main/core/db/database.ts';
import { createCalibration } from '../src/main/core/spend/calibration.ts';
import { createPriceBook } from '../src/main/core/spend/prices/price-book.ts';
import { createTokenCounter } from '../src/main/core/spend/tokens/token-counter.ts';
import { judge, type Judgement } from './eval-cost/judge.ts';
import { readExchanges } from './eval-cost/read-exchanges.ts';
import { readRecording } from './eval-cost/recorded-usage.ts';
import { replay } from './eval-cost/replay.ts';
import { summarize } from './eval-cost/summarize.ts';
import { toMarkdown } from './eval-cost/write-markdown.ts';
import { toText } from './eval-cost/write-text.ts';

const usage = `Usage: npm run eval:cost -- FILE.jsonl [--json | --markdown]

Replays recorded exchanges with model providers through the meter, the reader of usage and the price book, and says where
they differ from what the provider reported. Exits with 1 when a reported usage was misread.
Each line of FILE is {id, host, kind, stream, status, request, reply}; the reply of a stream is its events as one string.`;

if (import.meta.main) await main();

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [file] = positionals;
  if (values.help || file === undefined || !existsSync(file)) {
    console.error(file === undefined || values.help ? usage : `There is no ${file}.\n\n${usage}`);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const outcome = summarize(await judgeAll(file));
  if (values.json) console.log(JSON.stringify(outcome, null, 2));
  else console.log(values.markdown ? toMarkdown(outcome) : toText(outcome));
  process.exitCode = outcome.usage.misread > 0 ? 1 : 0;
}

async function judgeAll(file: string): Promise<Judgement[]> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tally-eval-'));
  const db = openDatabase({ dataDir, now: () => 0, newId: () => 'eval' });
  const deps = { priceBook: createPriceBook(), tokenCounter: createTokenCounter(), calibration: createCalibration(db) };
  const judgements: Judgement[] = [];
  for await (const exchange of readExchanges(file)) {
    const recording = readRecording(exchange);
    // Where the recording has no date, today's prices are as good as any.
    judgements.push(judge(exchange, recording, await replay(exchange, recording.createdAt ?? Date.now(), deps)));
  }
  await deps.tokenCounter.close();
  closeDatabase(db);
  rmSync(dataDir, { recursive: true });
  return judgements;
}
