import type { FakeRequest } from '../tests/fake-openai/fake-request.ts';
import { startFakeOpenAi, type FakeOpenAi, type FakeOpenAiOptions, type FakeReply } from '../tests/fake-openai/start-fake-openai.ts';

type Reply = FakeReply | ((request: FakeRequest) => FakeReply | undefined | Promise<FakeReply | undefined>);

/** What the model says in each step of the chain; a step left out gets the server's default answer. */
export interface Script {
  readonly answer?: Reply;
  readonly condense?: Reply;
  readonly title?: Reply;
  readonly summary?: Reply;
  readonly embedding?: Reply;
}

export type Step = keyof Script;

/** A model server of the test's own, whose lines can be changed while it runs. */
export interface ScriptedModel extends FakeOpenAi {
  /** Replaces what was scripted before. */
  script(script: Script): void;
  /** The requests of one step, in the order they arrived. */
  requestsOf(step: Step): readonly FakeRequest[];
  /** Nano-USD of every call so far. */
  billedNanos(): number;
}

/** A chat model of which the price is known and which does not think in silence, another one, and one for embeddings. */
export const modelNames = ['gpt-4o-mini', 'gpt-4o', 'text-embedding-3-small'] as const;

/** The title the model gives to a conversation unless a test scripts another. */
export const usualTitle = 'Named by the model';

/** Starts the server with the usual models. */
export async function startScriptedModel(options: FakeOpenAiOptions): Promise<ScriptedModel> {
  let script: Script = {};
  const server = await startFakeOpenAi({
    models: modelNames,
    ...options,
    reply(request) {
      const step = stepOf(request);
      const reply = script[step] ?? (step === 'title' ? { text: usualTitle } : undefined);
      return typeof reply === 'function' ? reply(request) : reply;
    },
  });
  return {
    ...server,
    script: (next) => void (script = next),
    requestsOf: (step) => server.requests.filter((request) => request.method === 'POST' && stepOf(request) === step),
    billedNanos: () => server.bill().reduce((sum, call) => sum + call.billedNanos, 0),
  };
}

/** Which step of the chain sent a request: each has its own fences in the prompt. */
function stepOf(request: FakeRequest): Step {
  if (request.path === '/v1/embeddings') return 'embedding';
  const prompt = JSON.stringify(request.body.messages ?? []);
  if (prompt.includes('<exchange>')) return 'title';
  if (prompt.includes('<turns>')) return 'summary';
  return prompt.includes('<conversation>') ? 'condense' : 'answer';
}
