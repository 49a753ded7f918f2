import { useEffect, useEffectEvent } from 'react';
import { shortcutOf } from './shortcut-of.ts';

/** `Mod+K`, `Mod+Shift+D`, … -> what it does. Mod is ⌘ on a Mac and Ctrl elsewhere. */
export type Shortcuts = Readonly<Record<string, () => void>>;

const isMac = /mac|iphone|ipad/i.test(navigator.platform);

/** Whether what is typed there becomes text. */
function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select, [role=combobox]'));
}

/** Binds shortcuts for the whole window while the component lives. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const handleKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return;
    const name = shortcutOf(event, isMac, isWriting(event.target));
    const run = name === null ? undefined : shortcuts[name];
    if (run === undefined) return;
    event.preventDefault();
    run();
  });
  useEffect(() => {
    window.addEventListener('keydown', handleKeyDown);
    return () => window.removeEventListener('keydown', handleKeyDown);
  }, []);
}
