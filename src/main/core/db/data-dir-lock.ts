import path from 'node:path';
import Database from 'better-sqlite3';

/**
 * Claims the data folder for this process. The claim is an open transaction in a file of its own, which the
 * operating system drops when the process dies, however it dies: a lock file with a pid in it would stay behind.
 * Returns null when another process has it.
 */
export function claimDataDir(dataDir: string): { release(): void } | null {
  const lock = new Database(path.join(dataDir, 'tally.lock'), { timeout: 0 });
  try {
    lock.pragma('journal_mode = DELETE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    return null;
  }
  return { release: () => lock.close() };
}
