import { maxFileBytes } from '../../../shared/file-limits.ts';
import { folderSkipReason, isSkippedFolder, type FolderSkipReason } from '../../../shared/folder-files.ts';
import { ignoredPaths, type IgnoreFile } from '../../../shared/ignored-paths.ts';

/** A file someone chose or dropped, with its path inside the chosen folder (or just its name). */
export interface PickedFile {
  readonly file: File;
  readonly path: string;
}

/** Why a file was left out before it was sent. */
export type SkipReason = FolderSkipReason | 'tooLarge';

export interface SkippedFile {
  readonly path: string;
  readonly reason: SkipReason;
}

/** Looked through before the window gets its turn: Chromium asks another process for the size of each file. */
const maxBusyMs = 8;
/** More than any list of names to ignore; what is longer is something else. */
const maxIgnoreFileBytes = 1024 * 1024;

/**
 * Sorts files into those to send and those to leave out, each with its reason. A folder brings much that nobody meant;
 * a file chosen by name is only checked for its size. The .gitignore files that came with a folder are heeded.
 */
export async function sortPicked(files: readonly PickedFile[]): Promise<{ accepted: PickedFile[]; skipped: SkippedFile[] }> {
  const isIgnored = ignoredPaths(await ignoreFilesOf(files));
  const accepted: PickedFile[] = [];
  const skipped: SkippedFile[] = [];
  let since = performance.now();
  for (const picked of files) {
    if (performance.now() - since > maxBusyMs) {
      await new Promise((resolve) => setTimeout(resolve));
      since = performance.now();
    }
    const reason = skipReasonOf(picked, isIgnored);
    if (reason === null) accepted.push(picked);
    else skipped.push({ path: picked.path, reason });
  }
  return { accepted, skipped };
}

function skipReasonOf({ file, path }: PickedFile, isIgnored: (path: string) => boolean): SkipReason | null {
  const folderEnd = path.indexOf('/');
  // What the chosen folder itself is called was somebody's choice.
  const reason = folderEnd < 0 ? null : folderSkipReason(path.slice(folderEnd + 1), () => isIgnored(path));
  return reason ?? (file.size > maxFileBytes ? 'tooLarge' : null);
}

function ignoreFilesOf(files: readonly PickedFile[]): Promise<IgnoreFile[]> {
  const found = files.filter(({ file, path }) => path.endsWith('/.gitignore') && file.size <= maxIgnoreFileBytes);
  // One that cannot be read ignores nothing.
  return Promise.all(found.map(async ({ file, path }) => ({ path, text: await file.text().catch(() => '') })));
}

/** The files of an `<input type=file>`, with folder paths where a folder was chosen. */
export function filesOfInput(list: FileList): PickedFile[] {
  return Array.from(list, (file) => ({ file, path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath }));
}

/** Whether a drag carries files rather than text or a link. */
export function carriesFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') === true;
}

/**
 * The files of a drop, those inside dropped folders included. Unreadable ones are left out.
 * Call it in the drop handler itself: the browser empties the transfer when the handler returns.
 */
export async function filesOfDrop(transfer: DataTransfer): Promise<PickedFile[]> {
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const found: PickedFile[] = [];
  for (const entry of entries) await collect(entry, found);
  return found;
}

async function collect(entry: FileSystemEntry, found: PickedFile[]): Promise<void> {
  if (entry instanceof FileSystemFileEntry) {
    const file = await new Promise<File | null>((resolve) => entry.file(resolve, () => resolve(null)));
    if (file !== null) found.push({ file, path: entry.fullPath.replace(/^\//, '') });
    return;
  }
  if (!(entry instanceof FileSystemDirectoryEntry) || isSkippedFolder(entry.name)) return;
  for (const child of await childrenOf(entry)) await collect(child, found);
}

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    // A reader gives at most a hundred at a time, and none at the end.
    const batch = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (batch.length === 0) return children;
    children.push(...batch);
  }
}
