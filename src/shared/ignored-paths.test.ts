import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ignoredPaths, type IgnoreFile } from './ignored-paths.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tally-ignored-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

const ignoreFiles: readonly IgnoreFile[] = [
  { path: '.gitignore', text: '# built\n*.log\n/build/\ntemp\n!keep.log\nsecret*.txt\r\ndocs/*.pdf\n\\#odd.md\n' },
  { path: 'docs/.gitignore', text: '/local.md\n*.draft\n!debug.log\nsub/deep.md\n' },
  { path: 'my [notes]/.gitignore', text: '*.tmp\n/only here.md\n' },
  { path: 'build/.gitignore', text: '!*\n' },
];

const paths = [
  'a.log', 'keep.log', 'docs/a.log', 'docs/debug.log', 'docs/more/debug.log', 'debug.log',
  'build/a.md', 'docs/build/a.md', 'temp', 'docs/temp/a.md', 'tempo.md', 'secret-1.txt', 'docs/secret.txt',
  'docs/a.pdf', 'docs/more/a.pdf', 'a.pdf', 'docs/local.md', 'docs/more/local.md', 'local.md', 'docs/x.draft', 'docs/more/x.draft', 'x.draft',
  'docs/sub/deep.md', 'docs/more/sub/deep.md', 'my [notes]/a.tmp', 'my [notes]/more/a.tmp', 'n/a.tmp', 'my [notes]/only here.md', '#odd.md', 'KEEP.LOG', '資料/メモ.log', '資料/メモ.md',
]; // prettier-ignore

it('says of every path what git says', () => {
  execFileSync('git', ['init', '-q'], { cwd: folder });
  for (const { path: file, text } of ignoreFiles) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  const asked = { cwd: folder, input: paths.join('\0') };
  let ignoredByGit: string[] = [];
  // Without the rules of whoever runs this.
  const options = ['-c', 'core.excludesFile=', '-c', 'core.ignoreCase=false', 'check-ignore', '-z', '--stdin', '--no-index'];
  ignoredByGit = execFileSync('git', options, asked)
    .toString()
    .split('\0')
    .filter((line) => line !== '');
  const isIgnored = ignoredPaths(ignoreFiles);
  expect(paths.filter(isIgnored)).toEqual(ignoredByGit);
  expect(ignoredByGit.length).toBeGreaterThan(10);
});

it('takes a path that leads nowhere, and a folder without rules, as they are', () => {
  expect(['../up.md', '/root.md', '', './a'].map(ignoredPaths(ignoreFiles))).toEqual([false, false, false, false]);
  expect(ignoredPaths([])('a.log')).toBe(false);
});
