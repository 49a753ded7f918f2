import { z } from 'zod';
import { call, stream } from '../rpc/define.ts';
import { maxImportBytes } from './imports.ts';

const id = z.string().min(1).max(64);

/** Largest packed backup that is taken in; it comes as imports do (`imports.begin`, `imports.append`). */
export const maxBackupBytes = maxImportBytes;

export const backup = {
  /** Everything in this profile but its keys as one file (SQLite, packed with gzip), to be put together from the pieces. */
  'backup.make': stream({ input: z.void(), item: z.object({ base64: z.string() }) }),
  /** Reads a backup that was sent, to its end. Changes nothing. */
  'backup.check': call({
    input: z.object({ fileId: id }),
    output: z.object({ madeAt: z.int(), conversationCount: z.int(), documentCount: z.int() }),
  }),
  /**
   * Keeps the present data as a backup in the data folder (`keptAs`), puts the one that was sent in its place, and opens Tally anew:
   * every connection ends shortly after the answer.
   */
  'backup.restore': call({ input: z.object({ fileId: id }), output: z.object({ keptAs: z.string() }) }),
};
