import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const repo = path.resolve(import.meta.dirname, '..');
let folder = '';
let verdict = '';

/** A line that must be refused, in a file of its own, and the rule that refuses it. */
const forbidden: readonly (readonly [file: string, line: string, rule: string])[] = [
  ['src/shared/a.ts', "import 'node:fs';", 'shared-is-pure'],
  ['src/main/core/chat/b.ts', "import 'electron';", 'core-knows-no-host'],
  ['src/main/core/chat/c.ts', "import '../../hosts/loopback/x.ts';", 'core-knows-no-host'],
  ['src/main/core/spend/d.ts', "import '../chat/x.ts';", 'core-spend-imports'],
  ['src/main/core/retrieval/e.ts', "import '../conversations/x.ts';", 'core-retrieval-imports'],
  ['src/main/core/db/f.ts', "import '../spend/x.ts';", 'db-knows-no-domain'],
  ['src/main/hosts/loopback/g.ts', "import 'electron';", 'loopback-without-electron'],
  ['src/main/hosts/electron/h.ts', "import '../../core/chat/x.ts';", 'hosts-compose-only'],
  ['src/renderer/i.ts', "import '../main/core/chat/x.ts';", 'renderer-knows-only-shared'],
  ['src/renderer/j.ts', "import 'node:fs';", 'renderer-without-node'],
  ['src/renderer/k.ts', "import { x } from '../shared/contract/x.ts';\nconsole.log(x);", 'contract-is-types-in-renderer'],
  ['src/renderer/features/chat/l.ts', "import '../spend/x.ts';", 'features-are-siblings'],
  ['src/main/core/documents/m.ts', "import '@langchain/community/document_loaders/fs/pdf';", 'community-loaders-from-one-file'],
  ['src/main/core/documents/n.ts', "import './n.test.ts';", 'no-test-code-in-product'],
];

const targets = [
  'src/main/hosts/loopback/x.ts',
  'src/main/core/chat/x.ts',
  'src/main/core/conversations/x.ts',
  'src/main/core/spend/x.ts',
  'src/shared/contract/x.ts',
  'src/renderer/features/spend/x.ts',
  'src/main/core/documents/n.test.ts',
];

/** Stand-ins: only their names matter here. */
const packages = [
  ['electron', 'index.js'],
  ['@langchain/community', 'document_loaders/fs/pdf.js'],
] as const;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tally-layers-'));
  const write = (file: string, text: string): void => {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), `${text}\n`);
  };
  for (const target of targets) write(target, 'export const x = 1;');
  for (const [file, line] of forbidden) write(file, line);
  for (const [name, file] of packages) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${name}/${file}`, 'module.exports = {};');
  }
  const args = ['src', '--config', path.join(repo, '.dependency-cruiser.cjs')];
  const tool = path.join(repo, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
  verdict = spawnSync(process.execPath, [tool, ...args], { cwd: folder, encoding: 'utf8' }).stdout;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(forbidden)('%s: `%s` is refused by %s', (file, _line, rule) => {
  const line = verdict.split('\n').find((candidate) => candidate.includes(rule) && candidate.includes(file));
  expect(line).toBeDefined();
});
