import { gzipSync } from 'node:zlib';
import type { AppContract } from '../../src/shared/contract/index.ts';
import type { RpcClient } from '../../src/shared/rpc/client.ts';
import type { Db } from '../../src/main/core/db/database.ts';

/** What the bill has that Tally does not know of: somebody used the key elsewhere, on the latest full day. */
const elsewhere = { model: 'gpt-4.1', nanos: 38_000_000 } as const;

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
  const last = lines.at(-1);
  if (last === undefined) return;
  const rows = [...lines, { ...elsewhere, startSeconds: last.startSeconds }].map(
    ({ startSeconds, model, nanos }) => `${startSeconds},${(nanos / 1e9).toFixed(9)},usd,"${model}, input"`,
  );
  const csv = ['start_time,amount_value,amount_currency,line_item', ...rows, ''].join('\n');
  await client.call('bill.import', { name: 'openai-costs.csv', gzipBase64: gzipSync(csv).toString('base64') });
}
