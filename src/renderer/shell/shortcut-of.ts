/** A key press, as far as a shortcut is read off it. */
type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The name of a key press as `Shortcuts` writes it; null where it is none. `isWriting`: a text field has the focus. */
export function shortcutOf(event: Press, isMacKeyboard: boolean, isWriting = false): string | null {
  if (event.altKey) return null;
  const hasMod = isMacKeyboard ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  // With Shift, `key` holds the shifted sign; the position of a digit or letter says what was meant.
  const key = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1] ?? event.key.toUpperCase();
  const name = /^[a-z]$/i.test(event.key) ? event.key.toUpperCase() : key;
  if (hasMod) return `Mod+${event.shiftKey ? 'Shift+' : ''}${name}`;
  // Without the modifier a letter is a letter wherever something can be written.
  return event.shiftKey && !event.ctrlKey && !event.metaKey && !isWriting ? `Shift+${name}` : null;
}
