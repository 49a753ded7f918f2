import type { SettingsValues } from '../../../shared/contract/settings.ts';

export type SendKey = SettingsValues['sendKey'];

interface KeyPress {
  readonly key: string;
  readonly keyCode: number;
  readonly isComposing: boolean;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Whether a key press belongs to an input method. Safari and old Chromium report the Enter that ends a conversion with code 229 instead. */
export function isOfInputMethod({ isComposing, keyCode }: Pick<KeyPress, 'isComposing' | 'keyCode'>): boolean {
  return isComposing || keyCode === 229;
}

/** Whether a key press sends. Ctrl or Cmd with Enter always does; Enter alone where it is set to; Shift+Enter starts a line. */
export function isSendPress(press: KeyPress, sendKey: SendKey): boolean {
  if (press.key !== 'Enter' || press.shiftKey || press.altKey || isOfInputMethod(press)) return false;
  return press.ctrlKey || press.metaKey || sendKey === 'enter';
}
