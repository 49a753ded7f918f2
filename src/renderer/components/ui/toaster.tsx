import { Toaster as SonnerToaster } from 'sonner';

/** As high as the bars above a conversation where there are most: of sample data, or of a narrow window, and its own. */
const topPx = 96;

/** Where short notices appear. Mounted once; shown with `toast` from sonner. */
export function Toaster() {
  return (
    <SonnerToaster
      // At the top, since the bottom belongs to the composer and its Send button, and below what can be pressed there.
      position="top-center"
      offset={{ top: topPx }}
      mobileOffset={{ top: topPx }}
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
