import { z } from 'zod';
import { call } from '../rpc/define.ts';

const id = z.string().min(1).max(64);
const name = z.string().trim().min(1).max(100);

/** A text to begin a question with. `{{words}}` in it stands for what is filled in each time. */
export const prompt = z.object({ id, name, text: z.string().min(1).max(100_000) });
export type Prompt = z.infer<typeof prompt>;

export const library = {
  /** By name. */
  'library.list': call({ input: z.void(), output: z.object({ prompts: z.array(prompt) }) }),
  /** Adds a prompt, or changes the one of this id. The id is made by the page, so that saving twice keeps one. */
  'library.savePrompt': call({ input: prompt, output: z.void() }),
  'library.removePrompt': call({ input: z.object({ promptId: id }), output: z.void() }),
};
