import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { databaseFileName } from '../database.ts';

/** Where what is to be restored lies, whole, until it has taken its place. */
export function stagedDir(dataDir: string): string {
  return path.join(dataDir, 'restore');
}

/**
 * Puts staged data in the place of the present data, when there is any. Before the database is opened. Each step is a rename that is
 * left out once it is done: ended anywhere, the next start goes on, so that the data is the old one or the new one and never a mixture.
 * `move` renames. Returns whether there was anything to do.
 */
export function applyRestore(dataDir: string, move: (from: string, to: string) => void = renameSync): boolean {
  const staged = stagedDir(dataDir);
  rmSync(`${staged}.new`, { recursive: true, force: true });
  if (!existsSync(staged)) return false;
  const setAside = (name: string): void => {
    if (existsSync(path.join(dataDir, name))) move(path.join(dataDir, name), path.join(staged, `old-${name}`));
  };
  const putInPlace = (name: string, companions: readonly string[] = []): void => {
    // Once it is there, what stands in its place is the new one.
    if (!existsSync(path.join(staged, name))) return;
    for (const old of [...companions, name]) setAside(old);
    move(path.join(staged, name), path.join(dataDir, name));
  };
  putInPlace('documents');
  // The log belongs to the old database and would be played into the new one.
  putInPlace(databaseFileName, [`${databaseFileName}-wal`, `${databaseFileName}-shm`]);
  rmSync(staged, { recursive: true, force: true });
  return true;
}
