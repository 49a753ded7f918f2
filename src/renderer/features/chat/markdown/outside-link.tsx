import { ImageOff } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/ui/button.tsx';
import { Popover } from '../../../components/ui/popover.tsx';
import { hasForeignLetters, hostOf, openableUrl } from './safe-url.ts';

/** Shows the whole address and asks before anything outside is opened. */
function AskBeforeOpening({ url, trigger, note }: { url: URL; trigger: React.ReactElement; note?: string }) {
  const { t } = useTranslation(['chat', 'markdown']);
  const [isOpen, setIsOpen] = useState(false);
  function open(): void {
    window.open(url.href, '_blank', 'noopener,noreferrer');
    setIsOpen(false);
  }
  return (
    <Popover trigger={trigger} label={t('link.title')} open={isOpen} onOpenChange={setIsOpen} className="flex w-80 flex-col gap-2">
      {note !== undefined && <p className="text-sm text-muted">{note}</p>}
      <p className="text-sm text-muted">{t('link.leadsTo')}</p>
      <p className="max-h-40 overflow-y-auto rounded-md bg-sunken px-2 py-1.5 font-mono text-xs break-all">{url.href}</p>
      {hasForeignLetters(url) && <p className="text-sm text-warn">{t('markdown:foreignHost')}</p>}
      <div className="flex justify-end gap-2">
        <Button size="sm" variant="ghost" onClick={() => void navigator.clipboard.writeText(url.href).then(() => setIsOpen(false))}>
          {t('link.copy')}
        </Button>
        <Button size="sm" variant="primary" onClick={open}>
          {t('link.open', { host: hostOf(url.href) })}
        </Button>
      </div>
    </Popover>
  );
}

/** A link of an answer. Only http, https and mailto can be followed, and only after a look at where they lead. */
export function OutsideLink({ href, children }: { href?: string | undefined; children?: ReactNode }) {
  const { t } = useTranslation('chat');
  const url = openableUrl(href);
  if (url === null) {
    return (
      <span className="blocked-link" title={t('link.blocked')}>
        {children}
      </span>
    );
  }
  return (
    <AskBeforeOpening
      url={url}
      trigger={
        <button type="button" className="outside-link">
          {children}
        </button>
      }
    />
  );
}

/** Stands for an image of an answer. Nothing is loaded: an address can carry out what is in the conversation. */
export function BlockedImage({ src, alt }: { src?: string | undefined; alt?: string | undefined }) {
  const { t } = useTranslation('chat');
  const url = openableUrl(src);
  const name = t('image.blocked', { host: hostOf(src) || t('image.unknownHost') });
  const chip = (
    <>
      <ImageOff aria-hidden />
      {name}
      {alt !== undefined && alt !== '' && <span className="text-faint">{alt}</span>}
    </>
  );
  if (url === null) return <span className="image-chip">{chip}</span>;
  return (
    <AskBeforeOpening
      url={url}
      note={t('image.why')}
      trigger={
        <button type="button" className="image-chip">
          {chip}
        </button>
      }
    />
  );
}
