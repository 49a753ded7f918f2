import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactNode } from 'react';
import { AmountTooltip } from './amount.tsx';
import { Toaster } from './ui/toaster.tsx';

/** What every component relies on: no inline style elements (content security policy), one hover delay, toasts, the amount's tooltip. */
export function UiRoot({ children }: { children: ReactNode }) {
  return (
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={350} closeDelay={0}>
        {children}
        <AmountTooltip />
      </Tooltip.Provider>
      <Toaster />
    </CSPProvider>
  );
}
