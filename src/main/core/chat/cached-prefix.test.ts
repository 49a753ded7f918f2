import { expect, it, onTestFinished } from 'vitest';
import { addDocument } from '../../../../tests/core/add-document.ts';
import { startTestCore } from '../../../../tests/core/start-test-core.ts';
import { startFakeOpenAi } from '../../../../tests/fake-openai/start-fake-openai.ts';
import type { Message } from '../../../shared/contract/chat.ts';

const turnCount = 10;
/** Ten answers, each with its search. */
const timeoutMs = 300_000;

it(
  'begins each request with the very bytes of the one before, up to the question, so that a provider can read them from its cache',
  async () => {
    const server = await startFakeOpenAi({
      reply: ({ body }) => (JSON.stringify(body).includes('<conversation>') ? { text: 'What of matter 7?' } : undefined),
    });
    const core = await startTestCore();
    onTestFinished(async () => {
      await core.close();
      await server.close();
    });
    await core.client.call('settings.update', { titlesByModel: false });
    const model = await core.addModel(server.baseUrl);
    const text = Array.from({ length: 40 }, (_, index) => `Matter ${index} is settled on day ${index * 3}.`).join('\n\n');
    await addDocument(core.client, 'matters.txt', Buffer.from(text));

    let after: Message | undefined;
    for (let turn = 0; turn < turnCount; turn += 1) {
      const question = `What of matter ${turn}?`;
      const options = { collectionIds: ['default'], ...(after === undefined ? {} : { after }) };
      after = await core.finish((await core.send(question, model, options)).runId);
    }

    const answers = server.requests.filter(({ body }) => JSON.stringify(body).includes('<passage'));
    expect(answers).toHaveLength(turnCount);
    for (const [index, { body }] of answers.entries()) {
      // The instructions, then every earlier turn; passages stand in the last message alone and are not carried on.
      const earlier = (body.messages ?? []).slice(0, -1);
      expect(earlier).toHaveLength(1 + 2 * index);
      expect(JSON.stringify(earlier)).not.toContain('<passage n=');
      const next = answers[index + 1]?.body.messages;
      if (next !== undefined) expect(JSON.stringify(next).startsWith(JSON.stringify(earlier).slice(0, -1))).toBe(true);
    }
  },
  timeoutMs,
);
