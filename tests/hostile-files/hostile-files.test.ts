import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sentenceOf } from '../../src/main/hosts/terminal/sentence.ts';
import type { Failure } from '../../src/shared/contract/chat.ts';
import { fileReasons } from '../../src/shared/file-reasons.ts';
import { startTestCore, type TestCore } from '../core/start-test-core.ts';
import { defaultPassageSettings } from '../../src/shared/contract/passage-settings.ts';
import { createFileParser } from '../../src/main/core/documents/parsing/parse-in-child.ts';
import { forkParser } from '../fork-parser.ts';
import { makePdf } from '../sample-files/pdf-files.ts';
import { archiveCases } from './archive-cases.ts';
import type { HostileFile } from './hostile-file.ts';
import { loadFile } from './load-file.ts';
import { makeFlateBomb, pdfCases } from './pdf-cases.ts';
import { longCases, textCases } from './text-cases.ts';

// One core for all of them, with the parser process it starts: what a file leaves behind would show in the next ones.
let core: TestCore;

beforeAll(async () => {
  core = await startTestCore();
});

afterAll(() => core.close());

/** It says the reason where there is one. That every code and reason has its sentence in each language is tested beside these. */
function expectSentence(failure: Failure): void {
  const reason = failure.data?.['reason'];
  if (reason !== undefined) expect(Object.keys(fileReasons)).toContain(reason);
  expect(sentenceOf(failure)).toMatch(/^[A-Z][^{}]+\.$/);
}

async function expectOutcome({ name, make, outcome }: HostileFile, answers: number): Promise<void> {
  const { failure, document, answeredMeanwhile } = await loadFile(core, name, Buffer.from(await make()), answers);
  expect(answeredMeanwhile).toBeGreaterThanOrEqual(Math.min(answers, 20));
  if ('code' in outcome) {
    expect(failure).toMatchObject(
      outcome.reason === undefined ? { code: outcome.code } : { code: outcome.code, data: { reason: outcome.reason } },
    );
    if (failure !== null) expectSentence(failure);
    return;
  }
  expect(failure).toBeNull();
  const { text } = await core.client.call('documents.read', { documentId: document?.id ?? '' });
  expect(text).toContain(outcome.contains);
  if (outcome.lacks !== undefined) expect(text).not.toContain(outcome.lacks);
  expect(text).not.toContain('root:');
}

describe.each([
  ['PDFs', pdfCases],
  ['archives', archiveCases],
  ['texts', textCases],
])('of hostile %s', (_, cases) => {
  it.each(cases)('$title', { timeout: 90_000 }, (file) => expectOutcome(file, 1));
});

describe('of texts that are long to cut', () => {
  it.each(longCases)('$title, the core answering all the while', { timeout: 90_000 }, (file) => expectOutcome(file, Infinity));
});

it('reads the good files among the bad ones', { timeout: 90_000 }, async () => {
  const bad = [...pdfCases, ...archiveCases, ...textCases].filter(({ outcome }) => 'code' in outcome && outcome.code === 'FILE_DAMAGED');
  const good = await makePdf([['The rent is 900 euros.']]);
  const files = await Promise.all(bad.slice(0, 8).map(async ({ name, make }) => [`again-${name}`, Buffer.from(await make())] as const));
  const results = await Promise.all(
    files.flatMap(([name, bytes], index) => [
      loadFile(core, name, Buffer.concat([bytes, Buffer.from([index])]), 0),
      loadFile(core, `good-${index}.pdf`, Buffer.concat([good, Buffer.from('\n'.repeat(index + 1))]), 0),
    ]),
  );
  expect(results.filter(({ document }) => document?.status === 'ready')).toHaveLength(files.length);
});

it('gives up a PDF that inflates to gigabytes, from some kilobytes', { timeout: 90_000 }, async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'tally-bomb-'));
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const parser = createFileParser({ launchParser: forkParser(), log, deadlineMs: 2_000 });
  const file = path.join(dir, 'bomb');
  await writeFile(file, makeFlateBomb());
  const pieces = parser.read({ path: file, name: 'bomb.pdf', settings: defaultPassageSettings });
  await expect(pieces.next()).rejects.toMatchObject({ code: 'FILE_TIMEOUT' });
  parser.close();
  await rm(dir, { recursive: true });
});
