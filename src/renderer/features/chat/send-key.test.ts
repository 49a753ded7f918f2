import { expect, it } from 'vitest';
import { isSendPress } from './send-key.ts';

const enter = { key: 'Enter', keyCode: 13, isComposing: false, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

it('sends with the key that was chosen, and with Mod+Enter always', () => {
  expect(isSendPress(enter, 'enter')).toBe(true);
  expect(isSendPress(enter, 'mod_enter')).toBe(false);
  for (const mod of [{ ctrlKey: true }, { metaKey: true }]) {
    expect(isSendPress({ ...enter, ...mod }, 'enter')).toBe(true);
    expect(isSendPress({ ...enter, ...mod }, 'mod_enter')).toBe(true);
  }
});

it('never sends with the Enter that ends a conversion, however the browser reports it', () => {
  expect(isSendPress({ ...enter, isComposing: true }, 'enter')).toBe(false);
  expect(isSendPress({ ...enter, keyCode: 229 }, 'enter')).toBe(false);
  expect(isSendPress({ ...enter, keyCode: 229, ctrlKey: true }, 'mod_enter')).toBe(false);
});

it('starts a line with Shift', () => {
  expect(isSendPress({ ...enter, shiftKey: true }, 'enter')).toBe(false);
});
