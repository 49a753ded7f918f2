import { z } from 'zod';
import { call } from '../rpc/define.ts';
import { modelRef } from './chat.ts';
import { modelParameters, systemPrompt } from './parameters.ts';

const id = z.string().min(1).max(64);
const name = z.string().trim().min(1).max(100);

/** Longest file that can be imported, in UTF-16 code units. */
export const maxImportChars = 2_000_000;

/** A text to begin a question with. `{{words}}` in it stands for what is filled in each time. */
export const prompt = z.object({ id, name, text: z.string().min(1).max(100_000) });
export type Prompt = z.infer<typeof prompt>;

export const assistantColour = z.enum(['blue', 'orange', 'green', 'pink', 'yellow', 'purple']);
export type AssistantColour = z.infer<typeof assistantColour>;

/** Settings for a chat under a name. */
export const assistant = z.object({
  id,
  name,
  /** A letter or an emoji; some of those are several code units long. */
  symbol: z.string().trim().min(1).max(16),
  colour: assistantColour,
  systemPrompt,
  /** null: the model new chats have. */
  model: modelRef.nullable(),
  parameters: modelParameters,
  /** null: the collections new chats have; empty: no documents. */
  collectionIds: z.array(id).max(50).nullable(),
});
export type Assistant = z.infer<typeof assistant>;

/** What an import came to. */
export const importResult = z.object({
  addedCount: z.int(),
  /** Those that were there already, word for word. */
  presentCount: z.int(),
  /** Of the added: those whose name was taken and who have a number now. */
  renamedCount: z.int(),
});

export const library = {
  /** By name. */
  'library.list': call({ input: z.void(), output: z.object({ prompts: z.array(prompt), assistants: z.array(assistant) }) }),
  /** Adds a prompt, or changes the one of this id. The id is made by the page, so that saving twice keeps one. */
  'library.savePrompt': call({ input: prompt, output: z.void() }),
  'library.removePrompt': call({ input: z.object({ promptId: id }), output: z.void() }),
  /** As `savePrompt`. Conversations that have begun keep what they began with. */
  'library.saveAssistant': call({ input: assistant, output: z.void() }),
  'library.removeAssistant': call({ input: z.object({ assistantId: id }), output: z.void() }),
  /** All of it, as a file for `import`. */
  'library.export': call({ input: z.void(), output: z.object({ json: z.string() }) }),
  /** Adds what a file holds. Throws AppError LIBRARY_FILE_INVALID, and then nothing was changed. */
  'library.import': call({ input: z.object({ json: z.string().max(maxImportChars) }), output: importResult }),
};
