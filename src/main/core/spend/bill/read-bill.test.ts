import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { linesOf } from './bill-lines.ts';
import { parseDecimal, toNanos } from './decimal-amount.ts';
import { readBill, unpackBill } from './read-bill.ts';
import { modelKey } from './same-model.ts';

const none = { callId: null, costNanos: null, requestCount: null, inputTokens: null, cachedTokens: null, outputTokens: null };
const part = (dims: Record<string, string>) => JSON.stringify(Object.entries(dims));

it("reads OpenAI's costs: line items with their model, empty days, and amounts of thirty decimals to the nano-dollar", () => {
  const csv = [
    'start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,quantity,line_item,project_id',
    '1790467200,1790553600,2026-09-27T00:00:00+00:00,2026-09-28T00:00:00+00:00,,,,,',
    '1790553600,1790640000,2026-09-28T00:00:00,2026-09-29T00:00:00,0.003835980500000000000000000000,usd,,"gpt-5-mini-2025-08-07, input",p',
    '1790553600,1790640000,2026-09-28T00:00:00,2026-09-29T00:00:00,0.1,usd,,"gpt-5-mini-2025-08-07, cached input",p',
    '1790553600,1790640000,2026-09-28T00:00:00,2026-09-29T00:00:00,0.2,usd,,"priority | gpt-5.6-sol, output, long context",p',
    '1790553600,1790640000,2026-09-28T00:00:00,2026-09-29T00:00:00,1e-7,usd,,web search tool calls,p',
  ].join('\r\n');
  const bill = readBill(`\uFEFF${csv}\r\n`);
  expect(bill).toMatchObject({ seller: 'openai', kind: 'costs', fromDay: '2026-09-27', toDay: '2026-09-28', rowCount: 5, badRows: [] });
  const [day, mini] = ['2026-09-28', 'gpt-5-mini-2025-08-07'];
  expect(linesOf(bill)).toEqual([
    { ...none, day, item: mini, part: part({ line: `${mini}, input`, project: 'p' }), costNanos: 3_835_981 },
    { ...none, day, item: mini, part: part({ line: `${mini}, cached input`, project: 'p' }), costNanos: 100_000_000 },
    {
      ...none,
      day,
      item: 'gpt-5.6-sol',
      part: part({ line: 'priority | gpt-5.6-sol, output, long context', project: 'p' }),
      costNanos: 200_000_000,
    },
    {
      ...none,
      day,
      item: 'web search tool calls',
      part: part({ line: 'web search tool calls', project: 'p' }),
      costNanos: 100,
    },
  ]);
  expect(bill.grain).toBe('item line project');
});

it("reads OpenAI's usage by the minute, whatever the order of columns, and names the rows it cannot read", () => {
  const csv = [
    'model;num_model_requests;output_tokens;input_tokens;input_cached_tokens;start_time',
    'gpt-4o-mini;2;30;400;;1790553600',
    'gpt-4o-mini;1;5;100;64;1790553660',
    'gpt-4o-mini;-1;5;100;64;1790553660',
    'gpt-4o-mini;1;5;100;64;soon',
    'gpt-4o-mini;1',
  ].join('\n');
  const bill = readBill(csv);
  expect(bill.badRows).toEqual([
    { row: 4, reason: 'count' },
    { row: 5, reason: 'date' },
    { row: 6, reason: 'columns' },
  ]);
  const shared = { ...none, day: '2026-09-28', item: 'gpt-4o-mini' };
  expect(linesOf(bill)).toEqual([
    { ...shared, part: '', requestCount: 2, inputTokens: 400, outputTokens: 30 },
    { ...shared, part: part({ hour: '1790553660' }), requestCount: 1, inputTokens: 100, cachedTokens: 64, outputTokens: 5 },
  ]);
});

it('reads a number with a decimal comma where columns are parted by semicolons, and no other currency', () => {
  const csv = 'start_time;amount_value;amount_currency;line_item\n1790553600;0,25;usd;\n1790553600;1;eur;\n1790553600;x;usd;\n';
  const bill = readBill(csv);
  expect(linesOf(bill)).toMatchObject([{ day: '2026-09-28', item: '', costNanos: 250_000_000 }]);
  expect(bill.badRows.map(({ reason }) => reason)).toEqual(['currency', 'amount']);
});

it("reads what OpenAI's costs and usage APIs answer, and knows a page that is not the last", () => {
  const bucket = (results: unknown[]) => ({ object: 'bucket', start_time: 1_790_553_600, end_time: 1_790_640_000, results });
  const page = (results: unknown[]) => ({ object: 'page', data: [bucket(results)], has_more: true, next_page: 'x' });
  const costs = readBill(
    JSON.stringify(page([{ object: 'organization.costs.result', amount: { value: 0.06, currency: 'usd' }, line_item: null }])),
  );
  expect(costs).toMatchObject({ kind: 'costs', hasMorePages: true });
  expect(linesOf(costs)).toMatchObject([{ item: '', part: '', costNanos: 60_000_000 }]);
  const usage = {
    object: 'organization.usage.completions.result',
    input_tokens: 9,
    output_tokens: 3,
    num_model_requests: 1,
    model: 'gpt-4o',
  };
  expect(linesOf(readBill(JSON.stringify([page([usage]), { ...page([usage]), has_more: false }])))).toMatchObject([
    { item: 'gpt-4o', requestCount: 2, inputTokens: 18, cachedTokens: null, outputTokens: 6 },
  ]);
});

it("reads OpenRouter's activity, call by call, with money and use", () => {
  const csv = [
    'generation_id,created_at,cost_total,tokens_prompt,tokens_completion,tokens_cached,model_permaslug,provider_name',
    'gen-1,2026-02-06 23:59:30.040,0.0012,100,20,0,anthropic/claude-4.5-sonnet-20250929,Anthropic',
    'gen-2,2026-02-07T08:59:30+09:00,0.0003,50,10,,anthropic/claude-4.5-sonnet-20250929,Anthropic',
  ].join('\n');
  const item = 'anthropic/claude-4.5-sonnet-20250929';
  const callOf = (callId: string) => ({ day: '2026-02-06', item, part: part({ call: callId }), callId });
  expect(linesOf(readBill(csv))).toEqual([
    { ...callOf('gen-1'), costNanos: 1_200_000, requestCount: 1, inputTokens: 100, cachedTokens: 0, outputTokens: 20 },
    { ...callOf('gen-2'), costNanos: 300_000, requestCount: 1, inputTokens: 50, cachedTokens: null, outputTokens: 10 },
  ]);
});

it.each(['', 'hello', 'a,b\n1,2', '{"data":[]}', '{"data":[{"start_time":1,"results":[{"x":1}]}]}', '[', '{"data":[null]}'])(
  'refuses %j',
  (text) => {
    expect(() => readBill(text)).toThrow(AppError);
  },
);

it('unpacks what the page has packed, and no more than a bill can hold', () => {
  expect(unpackBill(gzipSync('a bill').toString('base64'))).toBe('a bill');
  expect(() => unpackBill(gzipSync(Buffer.alloc(40 * 1024 * 1024)).toString('base64'))).toThrow('Too much text.');
  expect(() => unpackBill('bm90IGd6aXA=')).toThrow(AppError);
});

it.each([
  ['0.0000000005', 1],
  ['-0.0000000005', -1],
  ['1e-9', 1],
  ['.5', 500_000_000],
  ['12', 12_000_000_000],
])('reads %s as %i nano-dollars', (text, nanos) => {
  expect(toNanos(parseDecimal(text) ?? 0n)).toBe(nanos);
});

it.each(['', '.', '1,5', 'NaN', '0x10', '1e99', '99999999999', '1'.repeat(100)])('takes %j for no amount', (text) => {
  expect(parseDecimal(text)).toBeNull();
});

it.each([
  ['gpt-4o-mini', 'gpt-4o-mini-2024-07-18'],
  ['anthropic/claude-sonnet-4.5', 'anthropic/claude-4.5-sonnet-20250929'],
  ['deepseek/deepseek-chat-v3.1:free', 'deepseek/deepseek-chat-v3.1'],
])('takes %s and %s for one model', (a, b) => {
  expect(modelKey(a)).toBe(modelKey(b));
});

it.each([
  ['gpt-4o', 'gpt-4o-mini'],
  ['gpt-5.1', 'gpt-5'],
  ['ft:gpt-4o:acme::1', 'ft:gpt-4o:acme::2'],
])('keeps %s and %s apart', (a, b) => {
  expect(modelKey(a)).not.toBe(modelKey(b));
});
