import { cn } from '../../lib/cn.ts';

const isMac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform);

const macSymbols: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↵', ArrowLeft: '←', ArrowRight: '→' };
const otherNames: Readonly<Record<string, string>> = { Mod: 'Ctrl', Enter: '↵', ArrowLeft: '←', ArrowRight: '→' };

/** `Mod+K` as this system writes it: `⌘K` or `Ctrl K`. */
export function shortcutText(shortcut: string): string {
  const names = isMac ? macSymbols : otherNames;
  return shortcut
    .split('+')
    .map((key) => names[key] ?? key)
    .join(isMac ? '' : ' ');
}

/** `Mod+K` as `aria-keyshortcuts` wants it. */
export function ariaShortcut(shortcut: string): string {
  return shortcut.replace('Mod', isMac ? 'Meta' : 'Control');
}

interface KbdProps {
  shortcut: string;
  /** It is what is told, not a hint beside something that has its key announced. */
  isRead?: boolean;
  className?: string;
}

/** A keyboard shortcut, written as this system writes it. `Mod` is ⌘ on a Mac and Ctrl elsewhere. */
export function Kbd({ shortcut, isRead = false, className }: KbdProps) {
  return (
    <kbd
      aria-hidden={isRead ? undefined : true}
      className={cn('rounded border border-current/25 px-1 font-sans text-xs leading-4', className)}
    >
      {shortcutText(shortcut)}
    </kbd>
  );
}
