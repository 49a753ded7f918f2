import { FilePlus, FolderPlus, Globe } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/ui/button.tsx';
import { chooseFolder } from './chosen-folder.ts';
import { filesOfInput } from './picked-file.ts';
import { addFiles } from './upload-store.ts';

/**
 * Opens the system's dialog for files, or for a folder. Its input is on no page: these buttons come and go with the list
 * of documents, and a dialog that is open then must not lose what is chosen in it.
 */
function pickFiles(what: 'files' | 'folder', collectionId: string | null): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = what === 'files';
  input.webkitdirectory = what === 'folder';
  input.addEventListener('change', () => {
    if (input.files !== null) void addFiles(filesOfInput(input.files), collectionId);
  });
  input.click();
}

/** Opens the dialog that gives a folder's files one by one where there is one, else the input's. */
async function pickFolder(collectionId: string | null): Promise<void> {
  if (window.showDirectoryPicker === undefined) {
    pickFiles('folder', collectionId);
    return;
  }
  const files = await chooseFolder(window.showDirectoryPicker.bind(window)).catch(() => undefined);
  // undefined: refused, by a policy for instance.
  if (files === undefined) pickFiles('folder', collectionId);
  else if (files !== null) await addFiles(files, collectionId);
}

interface AddButtonsProps {
  /** null: into the first collection. */
  collectionId: string | null;
  /** Opens the dialog for a web page, which is the page's own: it must outlast these buttons. */
  onAddPage: () => void;
}

/** "Add files" and "Add folder", which open the system's own dialogs, and "Add a web page". */
export function AddButtons({ collectionId, onAddPage }: AddButtonsProps) {
  const { t } = useTranslation('documents');
  return (
    <>
      <Button onClick={onAddPage}>
        <Globe className="size-4" aria-hidden />
        {t('addPage')}
      </Button>
      <Button onClick={() => void pickFolder(collectionId)}>
        <FolderPlus className="size-4" aria-hidden />
        {t('addFolder')}
      </Button>
      <Button variant="primary" onClick={() => pickFiles('files', collectionId)}>
        <FilePlus className="size-4" aria-hidden />
        {t('addFiles')}
      </Button>
    </>
  );
}
