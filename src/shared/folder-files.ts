/** Why a file of a folder is not taken: a folder brings much that nobody meant. */
export type FolderSkipReason = 'hidden' | 'dependency' | 'ignored' | 'media';

const dependencyFolders: ReadonlySet<string> = new Set(['node_modules', '__pycache__', 'venv', '.venv']);
/** What systems and programs leave behind, beside what begins with a dot. */
const systemFile = /^(?:thumbs\.db|desktop\.ini|\$recycle\.bin|system volume information|__macosx|icon\r|~\$.*)$/i;
const mediaFile =
  /\.(?:png|jpe?g|gif|webp|bmp|ico|icns|svg|heic|avif|tiff?|psd|mp[34]|m4[av]|mov|avi|mkv|webm|wav|flac|ogg|opus|aac|woff2?|ttf|otf|eot)$/i;

/** Folders that are not even looked into: they hold tens of thousands of files. */
export function isSkippedFolder(name: string): boolean {
  return dependencyFolders.has(name) || name === '.git';
}

/** Why to leave out a file, by its path inside the folder (without the folder's own name); null: it is taken. */
export function folderSkipReason(path: string, isIgnored: (path: string) => boolean): FolderSkipReason | null {
  const steps = path.split('/');
  if (steps.some((step) => dependencyFolders.has(step))) return 'dependency';
  if (steps.some((step) => step.startsWith('.') || systemFile.test(step))) return 'hidden';
  if (isIgnored(path)) return 'ignored';
  return mediaFile.test(path) ? 'media' : null;
}
