import { useEffect, useEffectEvent } from 'react';

/** `Mod+K`, `Mod+Shift+D`, … -> what it does. Mod is ⌘ on a Mac and Ctrl elsewhere. */
export type Shortcuts = Readonly<Record<string, () => void>>;

const isMac = /mac|iphone|ipad/i.test(navigator.platform);

/** The name of a key press as `Shortcuts` writes it; null without the modifier. */
export function shortcutOf(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  isMacKeyboard: boolean,
): string | null {
  const hasMod = isMacKeyboard ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  if (!hasMod || event.altKey) return null;
  // With Shift, `key` holds the shifted sign; the position of a digit or letter says what was meant.
  const key = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1] ?? event.key.toUpperCase();
  return `Mod+${event.shiftKey ? 'Shift+' : ''}${/^[a-z]$/i.test(event.key) ? event.key.toUpperCase() : key}`;
}

/** Binds shortcuts for the whole window while the component lives. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const handleKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return;
    const name = shortcutOf(event, isMac);
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
