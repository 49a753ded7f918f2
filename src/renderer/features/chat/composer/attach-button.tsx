import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { FileInput } from '../../../components/ui/file-input.tsx';

/** Opens a file dialog. */
export function AttachButton({ onAddFiles }: { onAddFiles: (files: readonly File[]) => void }) {
  const { t } = useTranslation('chat');
  const inputRef = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton size="sm" label={t('composer.attach')} onClick={() => inputRef.current?.click()}>
        <Paperclip className="size-4" aria-hidden />
      </IconButton>
      <FileInput ref={inputRef} label={t('composer.attach')} multiple onFiles={onAddFiles} />
    </>
  );
}
