import type { ReactNode } from 'react';
import { Button, type ButtonProps } from './button.tsx';
import { ariaShortcut, Kbd } from './kbd.tsx';
import { Tooltip } from './tooltip.tsx';

interface IconButtonProps extends Omit<ButtonProps, 'children' | 'size' | 'aria-label'> {
  /** The name: read out, and shown on hover and focus. */
  label: string;
  /** Such as `Mod+K`; shown and announced, not bound. */
  shortcut?: string | undefined;
  size?: 'md' | 'sm';
  tooltipSide?: 'top' | 'bottom' | 'left' | 'right';
  children: ReactNode;
}

/** A button that is only an icon, with the name and shortcut it must have. */
export function IconButton({ label, shortcut, size = 'md', variant = 'ghost', tooltipSide = 'top', children, ...rest }: IconButtonProps) {
  const content = (
    <span className="flex items-center gap-2">
      {label}
      {shortcut !== undefined && <Kbd shortcut={shortcut} />}
    </span>
  );
  return (
    <Tooltip content={content} side={tooltipSide}>
      <Button
        {...rest}
        variant={variant}
        size={size === 'md' ? 'icon' : 'icon-sm'}
        aria-label={label}
        aria-keyshortcuts={shortcut === undefined ? undefined : ariaShortcut(shortcut)}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
