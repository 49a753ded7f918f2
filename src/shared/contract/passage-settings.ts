import { z } from 'zod';

/** How a collection's documents are cut into passages. */
export const passageSettings = z
  .object({
    /** Most tokens of a passage. */
    maxTokens: z.int().min(100).max(2_000),
    /** Most tokens repeated from the passage before, where a paragraph had to be split. */
    overlapTokens: z.int().min(0).max(500),
    /** A new section begins a new passage, unless the one before is small. */
    onStructure: z.boolean(),
  })
  .refine(({ maxTokens, overlapTokens }) => overlapTokens <= maxTokens / 2, { path: ['overlapTokens'] });
export type PassageSettings = Readonly<z.infer<typeof passageSettings>>;

/** Small enough for embedding models that read 512 tokens, large enough for an argument. */
export const defaultPassageSettings: PassageSettings = { maxTokens: 500, overlapTokens: 60, onStructure: true };
