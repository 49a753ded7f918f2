import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cn } from '../../lib/cn.ts';
import { IconButton } from './icon-button.tsx';

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  /** Hides the title from the eye but not from screen readers; for dialogs that begin with a field. */
  titleHidden?: boolean;
  /** Opens with the focus on the dialog itself; for those with nothing to fill in, so that no button's hint covers them. */
  focusesItself?: boolean;
  className?: string;
  children?: ReactNode;
}

/** A modal dialog: traps the focus, closes on Escape, gives the focus back. */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, footer, titleHidden = false, focusesItself = false, className, children } = props;
  const popupRef = useRef<HTMLDivElement>(null);
  const { t } = useTranslation('common');
  return (
    <BaseDialog.Root open={open} onOpenChange={onOpenChange}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-black/35 transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDialog.Popup
          ref={popupRef}
          initialFocus={focusesItself ? popupRef : true}
          className={cn(
            'fixed top-[12vh] left-1/2 z-40 flex max-h-[76vh] w-[min(32rem,calc(100vw-2rem))] -translate-x-1/2 flex-col rounded-xl bg-raised shadow-popup transition duration-150 data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0',
            className,
          )}
        >
          <div className={cn('pt-4 pr-12 pl-5', titleHidden && 'sr-only')}>
            <BaseDialog.Title className="text-lg font-semibold">{title}</BaseDialog.Title>
            {description !== undefined && (
              <BaseDialog.Description className="mt-0.5 text-base text-muted">{description}</BaseDialog.Description>
            )}
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
          {footer !== undefined && <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</div>}
          {/* Last, so that a dialog opens with the focus in its first field. */}
          {!titleHidden && (
            <BaseDialog.Close
              render={
                <IconButton label={t('close')} size="sm" className="absolute top-3 right-3">
                  <X className="size-4" aria-hidden />
                </IconButton>
              }
            />
          )}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
