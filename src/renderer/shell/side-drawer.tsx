import { Dialog } from '@base-ui/react/dialog';
import type { MouseEvent, ReactNode } from 'react';

interface SideDrawerProps {
  label: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
}

/**
 * A panel that slides over the page from the left, where there is no room beside it. Following a link in it closes it,
 * also one that leads to where one is already; so does whatever is marked `data-leads-away`.
 */
export function SideDrawer({ label, open, onOpenChange, children }: SideDrawerProps) {
  function handleClick({ target }: MouseEvent): void {
    if (target instanceof Element && target.closest('a[href], [data-leads-away]') !== null) onOpenChange(false);
  }
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-black/35 transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          aria-label={label}
          onClick={handleClick}
          className="fixed inset-y-0 left-0 z-30 w-72 max-w-[85vw] shadow-popup transition-transform duration-150 ease-out data-ending-style:-translate-x-full data-starting-style:-translate-x-full"
        >
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
