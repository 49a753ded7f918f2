import { record } from './record-connections.ts';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { forkParser } from '../../src/main/hosts/loopback/launch-parser.ts';
import { createProxiedFetch } from '../../src/main/hosts/network/proxied-fetch.ts';
import { createSystemProxy } from '../../src/main/hosts/network/system-proxy.ts';
import { addDocuments } from '../../src/main/hosts/terminal/add-documents.ts';
import { startTestCore, type TestCore } from '../core/start-test-core.ts';

/*
 * A day with Tally, in a process of its own: a provider is added, the first question asked and its conversation named,
 * a document read and embedded, a second question asked about it, and a web page added. The arguments are the provider's
 * address and the page's.
 */

const baseUrl = process.argv[2] ?? '';
const proxied = createProxiedFetch(createSystemProxy(process.env, process.platform, Date.now));
const core = await startTestCore({
  ports: {
    fetchFor: proxied.fetchFor,
    launchParser: forkParser(fileURLToPath(new URL('./recorded-parser.ts', import.meta.url)), process.env),
  },
});
record('mark', 'started');
const model = await core.addModel(baseUrl);
await core.client.call('settings.update', { titlesByModel: true });
record('mark', 'send');
const { runId, conversationId } = await core.send('What is a ledger?', model);
const first = await core.finish(runId);
await whenNamed(core, conversationId);
await core.client.call('providers.update', {
  providerId: model.providerId,
  name: 'Test',
  baseUrl,
  embeddingModelId: 'text-embedding-3-small',
  smallModelId: null,
});
const file = path.join(tmpdir(), 'lease.md');
writeFileSync(file, '# Lease\n\nThe rent is due on the first of each month.\n');
const { collectionId } = await addDocuments(core.client, [file], AbortSignal.timeout(60_000));
const second = await core.finish((await core.send('When is the rent due?', model, { after: first, collectionIds: [collectionId] })).runId);
record('mark', 'page');
await core.client.call('documents.addPage', { address: process.argv[3] ?? '', allowPrivate: true });
await core.close();
await proxied.close();
process.exitCode = first.status === 'done' && second.status === 'done' && second.sources.length > 0 ? 0 : 1;

/** The title comes from a model of its own call, after the answer. */
async function whenNamed({ client }: TestCore, id: string): Promise<void> {
  const events = client.stream('events.watch')[Symbol.asyncIterator]();
  const titleOf = async (): Promise<string> => (await client.call('conversations.open', { conversationId: id })).conversation.title;
  for (let next = events.next(); (await titleOf()) !== 'Ledgers, briefly'; next = events.next()) await next;
}
