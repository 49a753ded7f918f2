import { benchIndexing } from './bench/indexing.ts';
import { benchRender } from './bench/render.ts';
import { benchRetrieval } from './bench/retrieval.ts';
import { benchSpend } from './bench/spend.ts';
import { benchTokens } from './bench/tokens.ts';

/** What can be measured: `npm run bench -- NAME`. */
const benches: Readonly<Record<string, () => Promise<void>>> = {
  indexing: benchIndexing,
  render: benchRender,
  retrieval: benchRetrieval,
  spend: benchSpend,
  tokens: benchTokens,
};

const bench = benches[process.argv[2] ?? ''];
if (bench) {
  await bench();
} else {
  console.error(`Usage: npm run bench -- ${Object.keys(benches).join(' | ')}`);
  process.exitCode = 1;
}
