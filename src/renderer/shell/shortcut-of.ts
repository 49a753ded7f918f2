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
