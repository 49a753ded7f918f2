import { expect, it } from 'vitest';
import { shortcutOf } from './shortcut-of.ts';

const press = { key: 'k', code: 'KeyK', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

it.each([
  ['Mod+K', { ...press, ctrlKey: true }, false],
  ['Mod+K', { ...press, metaKey: true }, true],
  ['Mod+Shift+D', { ...press, key: 'D', code: 'KeyD', ctrlKey: true, shiftKey: true }, false],
  ['Mod+,', { ...press, key: ',', code: 'Comma', ctrlKey: true }, false],
  // A French keyboard types `&` on the key of the 1; a Dvorak one types `k` elsewhere.
  ['Mod+1', { ...press, key: '&', code: 'Digit1', ctrlKey: true }, false],
  ['Mod+K', { ...press, code: 'KeyV', ctrlKey: true }, false],
  // AltGr arrives as Ctrl+Alt and types characters; the Mac's Ctrl moves the cursor.
  [null, { ...press, ctrlKey: true, altKey: true }, false],
  [null, { ...press, ctrlKey: true }, true],
  [null, press, false],
] as const)('is %s', (name, event, isMac) => {
  expect(shortcutOf(event, isMac)).toBe(name);
});

it('takes a letter with Shift for a shortcut only where nothing is being written', () => {
  const shiftD = { ...press, key: 'D', code: 'KeyD', shiftKey: true };
  expect(shortcutOf(shiftD, false, false)).toBe('Shift+D');
  expect(shortcutOf(shiftD, false, true)).toBeNull();
  expect(shortcutOf({ ...shiftD, ctrlKey: true }, true, false)).toBeNull();
});
