import { Popover as BasePopover } from '@base-ui/react/popover';
import { ImageOff } from 'lucide-react';
import { createContext, use, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/ui/button.tsx';
import { PopoverPanel } from '../../../components/ui/popover.tsx';
import { hasForeignLetters, hostOf, openableUrl } from './safe-url.ts';

/** What is asked about: where it leads, and a word on why it is not simply there. */
interface Asked {
  readonly url: URL;
  readonly note: string | null;
}

type AskHandle = ReturnType<typeof BasePopover.createHandle<Asked>>;
const AskContext = createContext<AskHandle | null>(null);

/** All links of an answer share one panel: an answer with a thousand of them stays cheap. */
export function LinkPanel({ children }: { children: ReactNode }) {
  const { t } = useTranslation('chat');
  const [handle] = useState(() => BasePopover.createHandle<Asked>());
  return (
    <AskContext value={handle}>
      {children}
      <BasePopover.Root handle={handle}>
        {({ payload }) => (
          <PopoverPanel label={t('link.title')} className="flex w-80 flex-col gap-2">
            {payload !== undefined && <AskBeforeOpening {...payload} onDone={() => handle.close()} />}
          </PopoverPanel>
        )}
      </BasePopover.Root>
    </AskContext>
  );
}

/** Shows the whole address and asks before anything outside is opened. */
function AskBeforeOpening({ url, note, onDone }: Asked & { onDone: () => void }) {
  const { t } = useTranslation(['chat', 'markdown']);
  function open(): void {
    window.open(url.href, '_blank', 'noopener,noreferrer');
    onDone();
  }
  return (
    <>
      {note !== null && <p className="text-sm text-muted">{note}</p>}
      <p className="text-sm text-muted">{t('link.leadsTo')}</p>
      <p className="max-h-40 overflow-y-auto rounded-md bg-sunken px-2 py-1.5 font-mono text-xs break-all">{url.href}</p>
      {hasForeignLetters(url) && <p className="text-sm text-warn">{t('markdown:foreignHost')}</p>}
      <div className="flex justify-end gap-2">
        <Button size="sm" variant="ghost" onClick={() => void navigator.clipboard.writeText(url.href).then(onDone)}>
          {t('link.copy')}
        </Button>
        <Button size="sm" variant="primary" onClick={open}>
          {t('link.open', { host: hostOf(url.href) })}
        </Button>
      </div>
    </>
  );
}

/** What opens the panel. */
function AskTrigger({ url, note, className, children }: Asked & { className: string; children: ReactNode }) {
  const handle = use(AskContext);
  if (handle === null) return children;
  return (
    <BasePopover.Trigger handle={handle} payload={{ url, note }} className={className}>
      {children}
    </BasePopover.Trigger>
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
    <AskTrigger url={url} note={null} className="outside-link">
      {children}
    </AskTrigger>
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
    <AskTrigger url={url} note={t('image.why')} className="image-chip">
      {chip}
    </AskTrigger>
  );
}
