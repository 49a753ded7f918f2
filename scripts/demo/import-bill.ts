import { gzipSync } from 'node:zlib';
import type { AppContract } from '../../src/shared/contract/index.ts';
import type { RpcClient } from '../../src/shared/rpc/client.ts';
import type { Db } from '../../src/main/core/db/database.ts';

/** What the bill has that Tally does not know of: somebody used the key elsewhere, on the latest full day. */
const elsewhereNanos = 38_000_000;

interface BilledLine {
  /** Start of a UTC day, in epoch seconds. */
  readonly startSeconds: number;
  readonly model: string;
  readonly nanos: number;
}

/** Imports a bill as OpenAI exports it, over the calls of the last forty days, with one charge that came from elsewhere. */
export async function importBill(client: RpcClient<AppContract>, db: Db): Promise<void> {
  const lines = db
    .prepare<[], BilledLine>(`
      SELECT started_at / 86400000 * 86400 AS startSeconds, requested_model AS model, sum(cost_nanos) AS nanos FROM usage_record
      WHERE provider_id = 'sample-openai' AND cost_nanos > 0
        AND started_at >= (SELECT max(started_at) FROM usage_record) - 40 * 86400000
        AND started_at / 86400000 < (SELECT max(started_at) FROM usage_record) / 86400000
      GROUP BY 1, 2 ORDER BY 1, 2`)
    .all();
  const last = lines.findLast(({ model }) => model === 'gpt-5.4');
  const rows = lines.map((line) => {
    const dollars = (line.nanos + (line === last ? elsewhereNanos : 0)) / 1e9;
    return `${line.startSeconds},${dollars.toFixed(9)},usd,"${line.model}, input"`;
  });
  if (rows.length === 0) return;
  const csv = ['start_time,amount_value,amount_currency,line_item', ...rows, ''].join('\n');
  await client.call('bill.import', { name: 'openai-costs.csv', gzipBase64: gzipSync(csv).toString('base64') });
}
