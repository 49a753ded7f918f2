import { z } from 'zod';
import { assistant, prompt, type Assistant, type Prompt } from '../../../shared/contract/library.ts';
import { AppError } from '../../../shared/rpc/errors.ts';

/** What says that a file is of this kind, and of which version. */
const format = 'tally-library';
const version = 1;

const libraryFile = z.object({
  format: z.literal(format),
  version: z.literal(version),
  prompts: z.array(prompt.omit({ id: true })).max(10_000),
  assistants: z.array(assistant.omit({ id: true })).max(10_000),
});

export type FiledPrompt = Omit<Prompt, 'id'>;
export type FiledAssistant = Omit<Assistant, 'id'>;

/** The library as a file for people to keep and give on: JSON, without the ids of this computer. */
export function writeLibraryFile(prompts: readonly Prompt[], assistants: readonly Assistant[]): string {
  const file = { format, version, prompts: prompts.map(withoutId), assistants: assistants.map(withoutId) };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Reads such a file. Throws AppError LIBRARY_FILE_INVALID, with the place of the fault where there is one. */
export function readLibraryFile(json: string): { readonly prompts: FiledPrompt[]; readonly assistants: FiledAssistant[] } {
  const parsed = libraryFile.safeParse(parseJson(json));
  if (parsed.success) return parsed.data;
  const place = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new AppError('LIBRARY_FILE_INVALID', 'Not a library, or a damaged one.', { data: place === '' ? {} : { place } });
}

function parseJson(json: string): unknown {
  try {
    // Some editors begin a file with a byte order mark.
    return JSON.parse(json.replace(/^\uFEFF/u, ''));
  } catch {
    throw new AppError('LIBRARY_FILE_INVALID', 'Not JSON.');
  }
}

function withoutId<T extends { readonly id: string }>({ id: _id, ...rest }: T): Omit<T, 'id'> {
  return rest;
}
