import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { chooseDataDir, prepareDataDir } from './data-dir.ts';

const sources = { flag: undefined, environment: {}, platform: 'linux', homeDir: '/home/ada' } as const;

it('is where each platform keeps such data', () => {
  expect(chooseDataDir(sources)).toBe('/home/ada/.local/share/tally');
  expect(chooseDataDir({ ...sources, environment: { XDG_DATA_HOME: '/data' } })).toBe('/data/tally');
  expect(chooseDataDir({ ...sources, environment: { XDG_DATA_HOME: 'relative' } })).toBe('/home/ada/.local/share/tally');
  expect(chooseDataDir({ ...sources, platform: 'darwin' })).toBe('/home/ada/Library/Application Support/Tally');
  expect(chooseDataDir({ ...sources, platform: 'win32', environment: { APPDATA: '/roaming' } })).toBe(path.join('/roaming', 'Tally'));
});

it('is where the flag says, else where TALLY_DATA_DIR says', () => {
  expect(chooseDataDir({ ...sources, environment: { TALLY_DATA_DIR: '/b' } })).toBe('/b');
  expect(chooseDataDir({ ...sources, flag: '/a', environment: { TALLY_DATA_DIR: '/b' } })).toBe('/a');
});

it('is made for its owner alone, and a place where it cannot be made is named', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'tally-dir-'));
  prepareDataDir(path.join(root, 'a', 'b'));
  expect(statSync(path.join(root, 'a', 'b')).mode & 0o077).toBe(0);
  const file = path.join(root, 'file');
  writeFileSync(file, '');
  expect(() => prepareDataDir(path.join(file, 'below'))).toThrow(expect.objectContaining({ code: 'DATA_DIR_READ_ONLY' }));
  rmSync(root, { recursive: true });
});
