import { expect, it } from 'vitest';
import { addAmount, emptyTotal } from '../../../../shared/amount.ts';
import type { Message } from '../../../../shared/contract/chat.ts';
import type { UsageRecord } from '../../../../shared/contract/usage.ts';
import { groupReceipts } from './group-receipts.ts';

function call(id: string, costNanos: number): UsageRecord {
  // Of a record only what is added up matters here.
  return { id, startedAt: costNanos, amount: { exactness: 'exact', costNanos } } as UsageRecord;
}

function message(id: string, parentId: string | null, text: string, calls: readonly UsageRecord[] | null): Message {
  const total = (calls ?? []).reduce((sum, { amount }) => addAmount(sum, amount), emptyTotal);
  const receipt = calls === null ? null : { total, calls: [...calls], requestParts: [] };
  // Of a message only what a receipt shows matters here.
  return { id, parentId, text, images: [], createdAt: 0, sources: [], imported: null, receipt } as unknown as Message;
}

it('puts each call of a conversation in one place, so that the parts add up to all it has cost', () => {
  const [asked, retried, title, elsewhere] = [call('a', 5), call('b', 7), call('t', 11), call('o', 13)];
  const messages = [message('q', null, 'Why?', null), message('r', 'q', 'So.', [asked, retried]), message('run', 'q', '', null)];
  const grouped = groupReceipts('Title', messages, [elsewhere, title, retried, asked]);
  expect(grouped.answers.map(({ question, receipt }) => [question, receipt.calls.length])).toEqual([['Why?', 2]]);
  expect(grouped.otherCalls.map(({ id }) => id)).toEqual(['t', 'o']);
  expect([grouped.branch.costNanos, grouped.elsewhere.costNanos, grouped.total.costNanos]).toEqual([12, 24, 36]);
  expect(grouped.total.callCount).toBe(4);
});

it('names a question by its images where those said it all', () => {
  const asked = { ...message('q', null, '', null), images: [{ id: '1', name: 'chart.png', width: 1, height: 1 }] };
  const { answers } = groupReceipts('Title', [asked, message('r', 'q', 'A chart.', [call('a', 5)])], []);
  expect(answers.map(({ question }) => question)).toEqual(['chart.png']);
});
