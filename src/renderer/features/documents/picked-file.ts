import { maxFileBytes } from '../../../shared/file-limits.ts';

/** A file someone chose or dropped, with its path inside the chosen folder (or just its name). */
export interface PickedFile {
  readonly file: File;
  readonly path: string;
}

/** Why a file was left out before it was sent. */
export type SkipReason = 'hidden' | 'dependency' | 'media' | 'tooLarge';

export interface SkippedFile {
  readonly path: string;
  readonly reason: SkipReason;
}

const dependencyFolders: ReadonlySet<string> = new Set(['node_modules', '__pycache__', 'venv', '.venv']);
const mediaType = /^(image|video|audio|font)\//;

/** Why to leave out a file, or null. A folder brings much that nobody meant; a file chosen by name is only checked for its size. */
function skipReasonOf({ file, path }: PickedFile): SkipReason | null {
  const segments = path.split('/');
  const isFromFolder = segments.length > 1;
  if (isFromFolder) {
    if (segments.some((segment) => dependencyFolders.has(segment))) return 'dependency';
    if (segments.some((segment) => segment.startsWith('.'))) return 'hidden';
    if (mediaType.test(file.type)) return 'media';
  }
  return file.size > maxFileBytes ? 'tooLarge' : null;
}

/** Sorts files into those to send and those to leave out, each with its reason. */
export function sortPicked(files: readonly PickedFile[]): { accepted: PickedFile[]; skipped: SkippedFile[] } {
  const accepted: PickedFile[] = [];
  const skipped: SkippedFile[] = [];
  for (const picked of files) {
    const reason = skipReasonOf(picked);
    if (reason === null) accepted.push(picked);
    else skipped.push({ path: picked.path, reason });
  }
  return { accepted, skipped };
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
  // Not even looked into: they hold tens of thousands of files.
  if (!(entry instanceof FileSystemDirectoryEntry) || dependencyFolders.has(entry.name) || entry.name === '.git') return;
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
