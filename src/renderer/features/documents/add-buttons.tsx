import { FilePlus, FolderPlus } from 'lucide-react';
import { useRef, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/ui/button.tsx';
import { filesOfInput } from './picked-file.ts';
import { addFiles } from './upload-store.ts';

/** Makes a file input choose a folder. Known to every browser we run in, but not to React's types. */
const folderPicking = { webkitdirectory: '' };

function takeFiles(event: ChangeEvent<HTMLInputElement>): void {
  const { files } = event.target;
  if (files !== null) addFiles(filesOfInput(files));
  // Else choosing the same file again would change nothing and fire nothing.
  event.target.value = '';
}

/** "Add files" and "Add folder", which open the system's own dialogs. */
export function AddButtons() {
  const { t } = useTranslation('documents');
  const filesInput = useRef<HTMLInputElement>(null);
  const folderInput = useRef<HTMLInputElement>(null);
  return (
    <>
      <input ref={filesInput} type="file" multiple hidden onChange={takeFiles} aria-label={t('addFiles')} />
      <input ref={folderInput} type="file" {...folderPicking} hidden onChange={takeFiles} aria-label={t('addFolder')} />
      <Button onClick={() => folderInput.current?.click()}>
        <FolderPlus className="size-4" aria-hidden />
        {t('addFolder')}
      </Button>
      <Button variant="primary" onClick={() => filesInput.current?.click()}>
        <FilePlus className="size-4" aria-hidden />
        {t('addFiles')}
      </Button>
    </>
  );
}
