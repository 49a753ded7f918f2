import { Popover as BasePopover } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { cn } from '../../lib/cn.ts';

interface PopoverProps {
  /** The button that opens it. */
  trigger: ReactElement;
  /** Read out when it opens. */
  label: string;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  side?: 'top' | 'bottom' | undefined;
  align?: 'start' | 'center' | 'end' | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/** A small panel beside the button that opened it. */
export function Popover({ trigger, label, open, onOpenChange, side, align, className, children }: PopoverProps) {
  const control = { ...(open === undefined ? {} : { open }), ...(onOpenChange === undefined ? {} : { onOpenChange }) };
  return (
    <BasePopover.Root {...control}>
      <BasePopover.Trigger render={trigger} />
      <PopoverPanel label={label} side={side} align={align} className={className}>
        {children}
      </PopoverPanel>
    </BasePopover.Root>
  );
}

/** The panel by itself, for those that many buttons share. */
export function PopoverPanel({
  label,
  side = 'bottom',
  align = 'start',
  className,
  children,
}: Omit<PopoverProps, 'trigger' | 'open' | 'onOpenChange'>) {
  return (
    <BasePopover.Portal>
      <BasePopover.Positioner side={side} align={align} sideOffset={6} collisionPadding={8} className="z-50">
        <BasePopover.Popup
          aria-label={label}
          className={cn(
            'popup-motion max-h-(--available-height) max-w-[min(24rem,calc(100vw-1rem))] overflow-y-auto rounded-lg bg-raised p-3 shadow-popup',
            className,
          )}
        >
          {children}
        </BasePopover.Popup>
      </BasePopover.Positioner>
    </BasePopover.Portal>
  );
}
