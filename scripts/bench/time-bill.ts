import { gzipSync } from 'node:zlib';
import type { Db } from '../../src/main/core/db/database.ts';
import { createAppEvents } from '../../src/main/core/events.ts';
import { createBillService } from '../../src/main/core/spend/bill/bill-service.ts';
import { sampleChatModels } from '../sample-spend/sample-models.ts';

/** Calls on OpenRouter's export: as many as it lists at once. */
const openRouterCallCount = 10_000;

/**
 * A month with both sellers' bills beside the book: money and use of every day and model of OpenAI, and OpenRouter call by call.
 * `timed` says how long a comparison takes.
 */
export function timeBill(db: Db, month: string, timed: (name: string, work: () => number) => void): void {
  const bill = createBillService({ db, events: createAppEvents(), now: () => 0 });
  const take = (name: string, lines: readonly string[]) => bill.import({ name, gzipBase64: gzipSync(lines.join('\n')).toString('base64') });
  const startedAt = performance.now();
  const days = Array.from({ length: 30 }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`);
  const models = (baseUrl: RegExp) => sampleChatModels.filter((model) => baseUrl.test(model.baseUrl)).map(({ model }) => model);
  const ofOpenAi = days.flatMap((day) => models(/openai/u).map((model) => ({ start: Date.parse(`${day}T00:00:00Z`) / 1_000, model })));
  take('costs.csv', [
    'start_time,amount_value,amount_currency,line_item',
    ...ofOpenAi.map(({ start, model }) => `${start},1.25,usd,"${model}, input"`),
  ]);
  take('usage.csv', [
    'start_time,model,num_model_requests,input_tokens,output_tokens',
    ...ofOpenAi.map(({ start, model }) => `${start},${model},300,400000,80000`),
  ]);
  const [routed = ''] = models(/openrouter/u);
  take('activity.csv', [
    'generation_id,created_at,cost_total,tokens_prompt,tokens_completion,model_permaslug',
    ...Array.from({ length: openRouterCallCount }, (_, index) => {
      const day = days[index % days.length] ?? month;
      return `gen-${index},${day} 12:00:00.000,0.002,900,200,${routed}`;
    }),
  ]);
  console.log(`Bills of a month imported in ${(performance.now() - startedAt).toFixed(0)} ms.`);
  timed('bill.compare: a month', () => bill.compare({ month }).comparisons.length);
}
