import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { folderFiles } from './folder-files.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tally-tree-'));
  const files = {
    '.gitignore': 'out/\n*.log\n',
    'readme.md': 'words',
    'a.log': 'noise',
    'out/built.md': 'noise',
    'docs/.gitignore': '!kept.log\ndraft.md\n',
    'docs/kept.log': 'words',
    'docs/draft.md': 'noise',
    '.git/config': 'noise',
    '.env': 'SECRET=1',
    'node_modules/x/index.js': 'noise',
    'logo.png': 'noise',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

it('takes what git and people mean, and counts the rest by its reason', async () => {
  const { paths, leftOut } = await folderFiles(folder);
  expect(paths).toEqual(['docs/kept.log', 'readme.md']);
  expect(Object.fromEntries(leftOut)).toEqual({ hidden: 4, ignored: 3, dependency: 1, media: 1 });
});

it.skipIf(process.platform === 'win32')('follows no link, and waits for no pipe', async () => {
  const trap = path.join(folder, 'traps');
  mkdirSync(trap);
  symlinkSync(folder, path.join(trap, 'round'));
  symlinkSync('/etc/passwd', path.join(trap, 'passwords.txt'));
  symlinkSync('/dev/zero', path.join(trap, 'endless.txt'));
  execFileSync('mkfifo', [path.join(trap, 'pipe.txt')]);
  const { paths, leftOut } = await folderFiles(trap);
  expect(paths).toEqual([]);
  expect(leftOut.get('special')).toBe(4);
});

it('says that a folder cannot be looked into', async () => {
  expect((await folderFiles(path.join(folder, 'nowhere'))).leftOut.get('unreadable')).toBe(1);
});
