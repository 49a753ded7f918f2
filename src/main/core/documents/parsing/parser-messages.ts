import { z } from 'zod';
import { passageSettings } from '../../../../shared/contract/passage-settings.ts';
import { errorCodes } from '../../../../shared/error-codes.ts';
import type { ParsedPiece } from './parsed-piece.ts';

const id = z.int();

/**
 * What the parser process is asked. `open`: one file and its first piece; `name` is the user's name of it, `path` is where its
 * bytes lie. `next`: the piece after the last one. Asked for one by one, so that a long file never piles up in the core.
 */
export const parserRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open'), id, path: z.string(), name: z.string(), settings: passageSettings }),
  z.strictObject({ kind: z.literal('next'), id }),
]);
export type ParserRequest = z.infer<typeof parserRequest>;

const offset = z.int().nonnegative();
const page = z.int().positive();

const parsedPiece = z.object({
  text: z.string(),
  pages: z.array(z.tuple([page, offset]).readonly()).readonly(),
  passages: z
    .array(
      z.object({
        startOffset: offset,
        endOffset: offset,
        page: page.nullable(),
        headingPath: z.array(z.string()).readonly(),
        tokenCount: offset,
        terms: z.string(),
      }),
    )
    .readonly(),
  end: z.object({ mediaType: z.string(), pageCount: offset.nullable() }).nullable(),
}) satisfies z.ZodType<ParsedPiece>;

/** What it answers. Parsed on arrival: a hostile file may have taken over the process that read it. */
export const parserReply = z.discriminatedUnion('ok', [
  z.object({ id, ok: z.literal(true), piece: parsedPiece }),
  z.object({
    id,
    ok: z.literal(false),
    failure: z.object({
      code: z.enum(errorCodes),
      data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
    }),
  }),
]);
export type ParserReply = z.infer<typeof parserReply>;
