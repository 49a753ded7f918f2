import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { folderSkipReason, isSkippedFolder, type FolderSkipReason } from '../../../shared/folder-files.ts';
import { ignoredPaths, type IgnoreFile } from '../../../shared/ignored-paths.ts';

/** Why something in a folder is left out. `special`: a link, a pipe, a device; `unreadable`: the system does not let us in. */
export type LeftOutReason = FolderSkipReason | 'special' | 'unreadable';

export interface FolderFiles {
  /** Paths inside the folder, `/` between their steps, in order. */
  readonly paths: readonly string[];
  /** How many files (or whole folders) were left out. */
  readonly leftOut: ReadonlyMap<LeftOutReason, number>;
}

/**
 * The files of a folder that the page would take of it, too: without what git ignores, what is hidden, dependencies and
 * pictures. Links are not followed: they may lead out of the folder, or round in a circle.
 */
export async function folderFiles(folder: string): Promise<FolderFiles> {
  const paths: string[] = [];
  const leftOut = new Map<LeftOutReason, number>();
  const skip = (reason: LeftOutReason): void => void leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
  const ignoreFiles: IgnoreFile[] = [];
  const waiting = [''];
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    const entries = await readdir(path.join(folder, below), { withFileTypes: true }).catch(() => null);
    if (entries === null) skip('unreadable');
    const named = (entries ?? []).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    await collectIgnoreFile(folder, below, named, ignoreFiles);
    const isIgnored = ignoredPaths(ignoreFiles);
    for (const entry of named) {
      const inside = below === '' ? entry.name : `${below}/${entry.name}`;
      const reason = leftOutReason(entry, inside, isIgnored);
      if (reason !== null) skip(reason);
      else if (entry.isDirectory()) waiting.push(inside);
      else paths.push(inside);
    }
  }
  return { paths: paths.toSorted(), leftOut };
}

function leftOutReason(entry: Dirent, inside: string, isIgnored: (path: string) => boolean): LeftOutReason | null {
  if (entry.isDirectory()) {
    if (isSkippedFolder(entry.name)) return entry.name === '.git' ? 'hidden' : 'dependency';
    // Named as git names folders, so that a rule for folders alone counts; such a name is never a picture's.
    return folderSkipReason(`${inside}/`, isIgnored);
  }
  return entry.isFile() ? folderSkipReason(inside, isIgnored) : 'special';
}

async function collectIgnoreFile(folder: string, below: string, entries: readonly Dirent[], found: IgnoreFile[]): Promise<void> {
  if (!entries.some((entry) => entry.name === '.gitignore' && entry.isFile())) return;
  const inside = path.posix.join(below, '.gitignore');
  found.push({ path: inside, text: await readFile(path.join(folder, inside), 'utf8').catch(() => '') });
}
