import { readFileSync } from 'node:fs';
import path from 'node:path';
import { addDocument } from '../../tests/core/add-document.ts';
import { startTestCore, type TestCore } from '../../tests/core/start-test-core.ts';
import type { FakeRequest } from '../../tests/fake-openai/fake-request.ts';
import { startFakeOpenAi, type FakeOpenAi } from '../../tests/fake-openai/start-fake-openai.ts';
import { makePdf } from '../../tests/sample-files/pdf-files.ts';
import type { Message } from '../../src/shared/contract/chat.ts';
import { sampleConversations, samplePages, type SampleConversation } from './sample-conversations.ts';

const dayMs = 86_400_000;
const openAiBaseUrl = 'https://api.openai.com/v1';

/** The reply to a request, by the question it carries: the title, the rewritten question, or the sample answer. */
function replyTo(request: FakeRequest): { text: string; cachedTokens?: number } | undefined {
  const body = JSON.stringify(request.body);
  for (const { title, exchanges } of sampleConversations.toReversed()) {
    for (const { question, answer } of exchanges.toReversed()) {
      if (!body.includes(JSON.stringify(question).slice(1, -1))) continue;
      if (body.includes('<exchange>')) return { text: title };
      if (body.includes('<question>')) return { text: 'What happens if the tenants disagree with a rent increase?' };
      return { text: answer };
    }
  }
  return undefined;
}

/** Starts the model server whose answers the screenshots show. */
export function startSampleModel(): Promise<FakeOpenAi> {
  return startFakeOpenAi({ reply: replyTo });
}

/**
 * Fills an empty data folder through the real routes, with a clock that walks through the last weeks. What is sent to
 * OpenAI's address goes to `model`, so that real prices apply. Returns the newest conversation's id.
 */
export async function fillDataDir(dataDir: string, model: FakeOpenAi): Promise<string> {
  let behindMs = 30 * dayMs;
  const toModel: typeof fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    return fetch(url.replace(openAiBaseUrl, model.baseUrl), init);
  };
  const core = await startTestCore({ dataDir, ports: { now: () => Date.now() - behindMs, fetchFor: () => toModel } });
  let newest = '';
  try {
    const provider = { preset: 'openai', name: 'OpenAI', baseUrl: openAiBaseUrl, key: 'sk-sample-0123456789abcdef' } as const;
    const { id: providerId } = await core.client.call('providers.add', provider);
    await core.client.call('providers.models', { providerId, refresh: true });
    await core.client.call('settings.update', { onboardingDone: true, defaultModel: { providerId, modelId: 'gpt-5.4-mini' } });
    await addDocument(core.client, 'lease.pdf', await makePdf(samplePages));
    await addDocument(core.client, 'README.md', readFileSync(path.resolve(import.meta.dirname, '../../README.md')));
    for (const conversation of sampleConversations) {
      behindMs = conversation.daysAgo * dayMs;
      newest = await converse(core, providerId, conversation);
    }
    return newest;
  } finally {
    await core.close();
  }
}

async function converse(core: TestCore, providerId: string, conversation: SampleConversation): Promise<string> {
  const collectionIds = conversation.usesDocuments === true ? ['default'] : [];
  let last: Message | undefined;
  for (const { question } of conversation.exchanges) {
    const options = { collectionIds, ...(last !== undefined && { after: last }) };
    const { runId } = await core.send(question, { providerId, modelId: conversation.model }, options);
    last = await core.finish(runId);
  }
  const conversationId = last?.conversationId ?? '';
  await titled(core, conversationId, conversation.title);
  return conversationId;
}

/** Resolves when the model's title has been stored. */
async function titled(core: TestCore, conversationId: string, title: string): Promise<void> {
  const leaving = new AbortController();
  const events = core.client.stream('events.watch', undefined, { signal: leaving.signal })[Symbol.asyncIterator]();
  let next = events.next();
  while ((await core.client.call('conversations.open', { conversationId })).conversation.title !== title) {
    await next;
    next = events.next();
  }
  next.catch(() => undefined);
  leaving.abort();
}
