import { isSkippedFolder } from '../../../shared/folder-files.ts';
import type { PickedFile } from './picked-file.ts';

declare global {
  interface Window {
    /** Chromium's dialog for a folder (https://wicg.github.io/file-system-access/#api-showdirectorypicker); other browsers have none. */
    readonly showDirectoryPicker?: (options: { id: string; mode: 'read' }) => Promise<FileSystemDirectoryHandle>;
  }
}

/**
 * Asks for a folder, and gives its files with their paths in it; null when none was chosen.
 * The files come one by one: an `<input webkitdirectory>` gets them all at once, which keeps the window standing still,
 * for more than half a second with 5,000 of them. Throws DOMException where the browser refuses to show its dialog.
 */
export async function chooseFolder(show: NonNullable<Window['showDirectoryPicker']>): Promise<PickedFile[] | null> {
  const folder = await chosen(show);
  return folder === null ? null : collect(folder, folder.name);
}

async function chosen(show: NonNullable<Window['showDirectoryPicker']>): Promise<FileSystemDirectoryHandle | null> {
  try {
    return await show({ id: 'documents', mode: 'read' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  }
}

/** What went away meanwhile, or may not be read, is left out, as in a folder that is dropped. */
async function collect(folder: FileSystemDirectoryHandle, path: string): Promise<PickedFile[]> {
  const found: PickedFile[] = [];
  try {
    for await (const child of folder.values()) {
      const childPath = `${path}/${child.name}`;
      if (child instanceof FileSystemDirectoryHandle) {
        if (!isSkippedFolder(child.name)) found.push(...(await collect(child, childPath)));
      } else if (child instanceof FileSystemFileHandle) {
        const file = await child.getFile().catch(() => null);
        if (file !== null) found.push({ file, path: childPath });
      }
    }
  } catch {
    return found;
  }
  return found;
}
