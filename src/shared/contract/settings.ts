import { z } from 'zod';
import { call } from '../rpc/define.ts';
import { modelRef } from './chat.ts';
import { keyProtection } from './providers.ts';

export const settingsValues = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  locale: z.enum(['system', 'en', 'ja']),
  /** Of the page's text, in CSS pixels. */
  fontSizePx: z.int().min(12).max(20),
  /** Tell of answers that end while the window is in the background. */
  notifyWhenAnswered: z.boolean(),
  /** What sends a question; the other one of Enter and Mod+Enter starts a line, or sends too. */
  sendKey: z.enum(['enter', 'mod_enter']),
  defaultModel: modelRef.nullable(),
  /** Give a new conversation a title with one small model call. */
  titlesByModel: z.boolean(),
  /** Read a stopped answer to its end in the background, unseen, for its exact cost. What is read is billed. */
  finishStopped: z.boolean(),
  /** Let OpenAI count the prompt of a call that ended without counts, which sends it the prompt once more. */
  countInputByProvider: z.boolean(),
  /** Let a small model write further queries for a question about documents: one call more, and it finds more. */
  searchFurther: z.boolean(),
  /** Let a small model rank the passages that were found again: one call more, with the passages in it. */
  rankAgain: z.boolean(),
  /** Documents whose embedding costs less than this, all that come together, are indexed without asking. Nano-USD. */
  indexWithoutAskingBelowNanos: z.int().nonnegative(),
  /** Reading and embedding of documents stand still. */
  indexingPaused: z.boolean(),
  /** system: what the operating system or environment says. */
  proxy: z.discriminatedUnion('mode', [
    z.object({ mode: z.literal('system') }),
    z.object({ mode: z.literal('none') }),
    z.object({ mode: z.literal('manual'), url: z.string().max(500) }),
  ]),
  onboardingDone: z.boolean(),
});
export type SettingsValues = z.infer<typeof settingsValues>;

/** How keys are kept on this computer right now. */
export const keyStorage = z.object({
  /** What seals a key that is stored now. */
  protection: keyProtection,
  /** A passphrase is set and has not been given since the start. */
  locked: z.boolean(),
  canUsePassphrase: z.boolean(),
  /** The keyring's own name, such as gnome_libsecret; null when there is none. */
  backend: z.string().nullable(),
});
export type KeyStorage = z.infer<typeof keyStorage>;

const passphrase = z.string().min(8).max(1_000);

export const settings = {
  'settings.get': call({ input: z.void(), output: settingsValues }),
  'settings.update': call({ input: settingsValues.partial(), output: settingsValues }),
  'keys.status': call({ input: z.void(), output: keyStorage }),
  /** Seals keys with a passphrase from now on, those of this session included. */
  'keys.setPassphrase': call({ input: z.object({ passphrase }), output: keyStorage }),
  'keys.unlock': call({ input: z.object({ passphrase: z.string().max(1_000) }), output: keyStorage }),
};
