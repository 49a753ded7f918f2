import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../../../shared/rpc/errors.ts';

export interface DataDirSources {
  /** What `--data-dir` said. */
  readonly flag: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly homeDir: string;
}

/** The folder Tally keeps everything in: the flag, else TALLY_DATA_DIR, else the platform's place for such data. */
export function chooseDataDir({ flag, environment, platform, homeDir }: DataDirSources): string {
  const chosen = flag || environment['TALLY_DATA_DIR'];
  if (chosen) return path.resolve(chosen);
  if (platform === 'darwin') return path.join(homeDir, 'Library', 'Application Support', 'Tally');
  if (platform === 'win32') return path.join(environment['APPDATA'] || path.join(homeDir, 'AppData', 'Roaming'), 'Tally');
  // The XDG specification says that a relative path here is to be ignored.
  const dataHome = environment['XDG_DATA_HOME'];
  const base = dataHome && path.isAbsolute(dataHome) ? dataHome : path.join(homeDir, '.local', 'share');
  return path.join(base, 'tally');
}

/** Creates the folder for its owner alone, and everything made later too. Throws AppError DATA_DIR_READ_ONLY. */
export function prepareDataDir(dataDir: string): void {
  // The folder may be one that others can look into; the database in it is none of their business.
  process.umask(0o077);
  try {
    makeDir(dataDir);
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new AppError('DATA_DIR_READ_ONLY', 'The data folder cannot be made or written to.', { data: { file: dataDir }, cause });
  }
}

/** Not `recursive: true`, with which Node never returns where the system says ENOENT for a folder it will not make, as in /proc. */
function makeDir(dir: string): void {
  if (existsSync(dir)) return;
  makeDir(path.dirname(dir));
  mkdirSync(dir, { mode: 0o700 });
}
