import type { ErrorCode } from '../../../shared/error-codes.ts';
import { AppError } from '../../../shared/rpc/errors.ts';

/** What fills the blanks: the file or folder, and the port, an error names. */
interface Blanks {
  readonly file: string;
  readonly port: string;
}

const sentences: Partial<Record<ErrorCode, (blanks: Blanks) => string>> = {
  DATA_DIR_READ_ONLY: ({ file }) => `Tally cannot write to ${file}. Make it writable, or choose another folder with --data-dir.`,
  DATA_DIR_IN_USE: ({ file }) =>
    `Tally is already running on ${file}. Use the window that is open, or choose another folder with --data-dir.`,
  DATABASE_NEWER: ({ file }) =>
    `${file} was written by a newer version of Tally. Update Tally, or choose another folder with --data-dir; nothing was changed.`,
  DATABASE_DAMAGED: ({ file }) =>
    `${file} is damaged or is not a database of Tally. Put a backup in its place, or choose another folder with --data-dir; nothing was changed.`,
  DISK_FULL: ({ file }) => `The disk is full, so ${file} could not be opened. Free some space and start Tally again.`,
  PORT_TAKEN: ({ port }) => `Port ${port} is taken or not allowed. Choose another with --port, or leave it out for any free one.`,
};

/** The sentence a person reads when Tally cannot start: what happened and what to do. Never a stack trace. */
export function startFailureSentence(thrown: unknown): string {
  const code = thrown instanceof AppError ? thrown.code : 'INTERNAL';
  const data = thrown instanceof AppError ? thrown.data : undefined;
  const blanks = { file: String(data?.['file'] ?? 'the data folder'), port: String(data?.['port'] ?? '') };
  return sentences[code]?.(blanks) ?? `Tally could not start (${code}); logs/tally.log in its data folder says where.`;
}
