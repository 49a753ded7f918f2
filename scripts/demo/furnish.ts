import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AppContract } from '../../src/shared/contract/index.ts';
import type { RpcClient } from '../../src/shared/rpc/client.ts';
import { addDocument } from '../../tests/core/add-document.ts';
import { modelNamed } from './hold-talks.ts';
import { textsFolder, type SampleLanguage } from './read-talks.ts';
import { sampleDocuments } from './sample-documents.ts';

/** What the folders of documents are called on the screen. The first is the collection everybody has. */
const collectionNames: Readonly<Record<SampleLanguage, readonly (readonly [folder: string, name: string])[]>> = {
  en: [
    ['contracts', 'Contracts'],
    ['work', 'Work'],
    ['home', 'Household'],
  ],
  ja: [
    ['contracts', '契約書'],
    ['work', '仕事'],
    ['home', '暮らし'],
  ],
};

/** Settings and library. */
export async function setUp(client: RpcClient<AppContract>, language: SampleLanguage): Promise<void> {
  await client.call('settings.update', { onboardingDone: true, locale: language, defaultModel: modelNamed('openai/gpt-5.4-mini') });
  await client.call('library.import', { json: readFileSync(path.join(textsFolder(language), 'library.json'), 'utf8') });
}

/** Collections with their documents, time going by between them. Returns the collections by the name of their folder. */
export async function furnish(client: RpcClient<AppContract>, language: SampleLanguage, advance: () => void): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const { collections } = await client.call('documents.collections');
  for (const [folder, name] of collectionNames[language]) {
    const first = ids.size === 0 ? collections[0] : undefined;
    if (first !== undefined) await client.call('documents.renameCollection', { collectionId: first.id, name });
    ids.set(folder, first?.id ?? (await client.call('documents.addCollection', { name })).id);
  }
  for (const { collection, name, bytes } of await sampleDocuments(language)) {
    advance();
    await addDocument(client, name, bytes, ids.get(collection) ?? null);
  }
  return ids;
}
