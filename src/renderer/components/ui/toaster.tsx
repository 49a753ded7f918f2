import { Toaster as SonnerToaster } from 'sonner';

/** Where short notices appear. Mounted once; shown with `toast` from sonner. */
export function Toaster() {
  return (
    <SonnerToaster
      // At the top: the bottom belongs to the composer and its Send button.
      position="top-center"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: 'flex w-(--width) items-center gap-2.5 rounded-lg bg-raised px-3.5 py-2.5 text-base text-ink shadow-popup',
          title: 'font-medium',
          description: 'text-sm text-muted',
          content: 'min-w-0 flex-1',
          error: '[&_[data-icon]]:text-danger',
          success: '[&_[data-icon]]:text-ok',
          actionButton: 'shrink-0 rounded-md px-2 h-7 text-sm font-medium text-accent hover:bg-hover',
          closeButton: 'text-muted',
        },
      }}
    />
  );
}
