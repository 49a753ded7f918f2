import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { createCore } from '../../src/main/core/create-core.ts';
import type { CorePorts } from '../../src/main/core/ports.ts';
import { forkParser } from '../../src/main/hosts/loopback/launch-parser.ts';
import { sessionBox } from '../../src/main/hosts/secrets/session-box.ts';
import type { Message, ModelRef, RunUpdate } from '../../src/shared/contract/chat.ts';
import type { ModelParameters } from '../../src/shared/contract/parameters.ts';
import type { ImageUse } from '../../src/shared/contract/images.ts';
import type { AppContract } from '../../src/shared/contract/index.ts';
import { createRpcClient, type RpcClient } from '../../src/shared/rpc/client.ts';
import { memoryPair } from '../../src/shared/rpc/memory-transport.ts';

export interface TestCore {
  readonly client: RpcClient<AppContract>;
  readonly dataDir: string;
  /** Event names and fields that were logged, as JSON. */
  readonly logged: readonly string[];
  /** A page of its own, as a reload would open. */
  connect(): RpcClient<AppContract>;
  /** Adds a provider at `baseUrl` and returns a model of it. */
  addModel(baseUrl: string, modelId?: string): Promise<ModelRef>;
  /** Sends a question in a new conversation (or after `after`) and returns the run. */
  send(
    text: string,
    model: ModelRef,
    options?: {
      after?: Message;
      images?: ImageUse[];
      collectionIds?: string[];
      asking?: { parameters?: ModelParameters; systemPrompt?: string };
    },
  ): Promise<{ runId: string; conversationId: string }>;
  /** Follows a run to its end. */
  finish(runId: string): Promise<Message>;
  close(): Promise<void>;
}

/** A whole core on a temporary folder, reached through the contract as a page reaches it. Keys last for the session. */
export async function startTestCore(options: { dataDir?: string; ports?: Partial<CorePorts> } = {}): Promise<TestCore> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'tally-core-'));
  const logged: string[] = [];
  const log = (event: string, fields?: object): void => void logged.push(JSON.stringify({ event, ...fields }));
  const core = await createCore({
    dataDir,
    host: 'test',
    appVersion: '0.0.0',
    secretBox: sessionBox,
    fetchFor: () => fetch,
    launchParser: forkParser(path.resolve(import.meta.dirname, '../../src/main/parser-process.ts'), process.env),
    log: { info: log, warn: log, error: log },
    now: Date.now,
    newId: () => uuidv7(),
    timeZone: () => 'UTC',
    environment: { openAiKey: null, openAiBaseUrl: null },
    ...options.ports,
  });

  function connect(): RpcClient<AppContract> {
    const pipe = memoryPair();
    core.accept(pipe.core);
    return createRpcClient<AppContract>(pipe.page);
  }

  const client = connect();
  return {
    client,
    dataDir,
    logged,
    connect,
    async addModel(baseUrl, modelId = 'gpt-4o-mini') {
      const provider = await client.call('providers.add', { preset: 'custom', name: 'Test', baseUrl, key: 'sk-test-0123456789abcdef' });
      return { providerId: provider.id, modelId };
    },
    send: (text, model, { after, images = [], collectionIds = [], asking = {} } = {}) =>
      client.call('chat.send', {
        messageId: uuidv7(),
        conversationId: after?.conversationId ?? null,
        parentId: after?.id ?? null,
        text,
        images,
        model,
        collectionIds,
        ...asking,
      }),
    finish: (runId) => endOf(client.stream('chat.watch', { runId })),
    async close() {
      await core.close();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The message a run ends with. */
export async function endOf(updates: AsyncIterable<RunUpdate>): Promise<Message> {
  for await (const update of updates) if (update.type === 'end') return update.message;
  throw new Error('The watch ended before the run.');
}
