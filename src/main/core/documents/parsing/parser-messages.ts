import { z } from 'zod';
import { errorCodes } from '../../../../shared/error-codes.ts';
import type { ParsedFile } from './parsed-file.ts';

/** What the parser process is asked: one file. `name` is the user's name of it; `path` is where its bytes lie. */
export const parserRequest = z.strictObject({ id: z.int(), path: z.string(), name: z.string() });
export type ParserRequest = z.infer<typeof parserRequest>;

const parsedFile = z.object({
  text: z.string(),
  pages: z.array(z.tuple([z.int().positive(), z.int().nonnegative()]).readonly()).readonly(),
  pageCount: z.int().nonnegative().nullable(),
  structure: z.enum(['markdown', 'prose', 'lines']),
  mediaType: z.string(),
}) satisfies z.ZodType<ParsedFile>;

/** What it answers. Parsed on arrival: a hostile file may have taken over the process that read it. */
export const parserReply = z.discriminatedUnion('ok', [
  z.object({ id: z.int(), ok: z.literal(true), file: parsedFile }),
  z.object({
    id: z.int(),
    ok: z.literal(false),
    failure: z.object({
      code: z.enum(errorCodes),
      data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
    }),
  }),
]);
export type ParserReply = z.infer<typeof parserReply>;
