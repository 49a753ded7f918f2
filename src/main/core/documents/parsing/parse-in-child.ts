import type { PassageSettings } from '../../../../shared/contract/passage-settings.ts';
import { AppError } from '../../../../shared/rpc/errors.ts';
import type { LaunchParser, Logger, ParserProcess } from '../../ports.ts';
import { createTurns } from '../turns.ts';
import type { ParsedPiece } from './parsed-piece.ts';
import { parserReply, type ParserRequest } from './parser-messages.ts';
import { maxTextChars } from './parsing-limits.ts';

/** Enough for a PDF of 5,000 pages. Only the JavaScript heap: what lies outside is bounded by the file's size and the archive scan. */
const maxHeapMegabytes = 1024;
const defaultDeadlineMs = 60_000;
/** A parser that has loaded its libraries holds some 200 MB; it is let go when nothing has come for this long. */
const defaultIdleMs = 20_000;

export interface FileParserOptions {
  readonly launchParser: LaunchParser;
  readonly log: Logger;
  /** Most time one file may take to be opened, and each of its pieces to be cut. */
  readonly deadlineMs?: number;
  readonly idleMs?: number;
}

/** A file to be read: where its bytes lie, what it is called, and how its passages are to be cut. */
export interface FileToRead {
  readonly path: string;
  readonly name: string;
  readonly settings: PassageSettings;
}

/** Reads files one after the other in a process of its own, which a hostile file may kill without harm. */
export interface FileParser {
  /**
   * The file's text and passages, piece by piece; the last one has an `end`. Leaving early ends it, and lets the next file have
   * its turn. Throws AppError with the file's FILE_ code; FILE_TIMEOUT past the deadline, FILE_TOO_COMPLEX when the process died
   * of it, FILE_DAMAGED when it answers nonsense, CANCELLED after `close` and on `signal`, which ends the reading at once.
   */
  readonly read: (file: FileToRead, signal?: AbortSignal) => AsyncGenerator<ParsedPiece, void>;
  readonly close: () => void;
}

type Request = ParserRequest extends infer R ? (R extends ParserRequest ? Omit<R, 'id'> : never) : never;

interface Job {
  readonly id: number;
  readonly resolve: (piece: ParsedPiece) => void;
  readonly reject: (error: AppError) => void;
}

/** Starts no process before the first file; replaces it after each death. */
export function createFileParser(options: FileParserOptions): FileParser {
  const turns = createTurns();
  let child: ParserProcess | null = null;
  let running: Job | null = null;
  let timer: NodeJS.Timeout | undefined;
  let lastId = 0;
  let isClosed = false;

  function ask(request: Request): Promise<ParsedPiece> {
    if (isClosed) return Promise.reject(closedError());
    clearTimeout(timer);
    return new Promise((resolve, reject) => {
      lastId += 1;
      running = { id: lastId, resolve, reject };
      timer = setTimeout(() => failRunning('FILE_TIMEOUT', 'Reading took too long.'), options.deadlineMs ?? defaultDeadlineMs);
      try {
        child ??= launch();
        // A port between processes, not a window: it has no origin to name.
        // oxlint-disable-next-line unicorn/require-post-message-target-origin
        child.postMessage({ ...request, id: lastId });
      } catch (error) {
        options.log.error('parser.launch_failed');
        dropChild();
        settle((job) => job.reject(new AppError('INTERNAL', 'The parser process cannot be started.', { cause: error })));
      }
    });
  }

  function launch(): ParserProcess {
    const launched = options.launchParser({ maxHeapMegabytes });
    launched.onMessage((message) => {
      if (launched === child) receive(message);
    });
    launched.onExit((code) => {
      if (launched !== child) return;
      options.log.warn('parser.died', { code });
      failRunning('FILE_TOO_COMPLEX', 'The parser process died.');
    });
    return launched;
  }

  function receive(message: unknown): void {
    const reply = parserReply.safeParse(message);
    if (!reply.success || reply.data.id !== running?.id) {
      failRunning('FILE_DAMAGED', 'The parser process answered with something else.');
      return;
    }
    const answer = reply.data;
    settle((job) => {
      if (answer.ok) job.resolve(answer.piece);
      else
        job.reject(
          new AppError(answer.failure.code, answer.failure.code, answer.failure.data === undefined ? {} : { data: answer.failure.data }),
        );
    });
  }

  /** The process goes with the file it was on: its state is not to be trusted any more. */
  function failRunning(code: AppError['code'], message: string): void {
    dropChild();
    settle((job) => job.reject(new AppError(code, message)));
  }

  function settle(finish: (job: Job) => void): void {
    const job = running;
    running = null;
    clearTimeout(timer);
    if (!isClosed) timer = setTimeout(dropIdleChild, options.idleMs ?? defaultIdleMs).unref();
    if (job !== null) finish(job);
  }

  /** A file that is still being taken over keeps its process. */
  function dropIdleChild(): void {
    if (!turns.isTaken()) dropChild();
    else timer = setTimeout(dropIdleChild, options.idleMs ?? defaultIdleMs).unref();
  }

  function dropChild(): void {
    const dropped = child;
    child = null;
    dropped?.kill();
  }

  return {
    async *read(file, signal) {
      const leave = await turns.take();
      // A parser hears nothing while it reads, so its process goes.
      const stop = (): void => {
        if (running !== null) failRunning('CANCELLED', 'Nobody wants the file any more.');
      };
      signal?.addEventListener('abort', stop, { once: true });
      try {
        if (signal?.aborted === true) throw new AppError('CANCELLED', 'Nobody wants the file any more.');
        const check = createPieceCheck();
        let piece = await ask({ kind: 'open', ...file });
        for (;;) {
          if (!check(piece)) {
            dropChild();
            throw new AppError('FILE_DAMAGED', 'The parser process answered with something else.');
          }
          yield piece;
          if (piece.end !== null) return;
          piece = await ask({ kind: 'next' });
        }
      } finally {
        signal?.removeEventListener('abort', stop);
        leave();
      }
    },
    close() {
      isClosed = true;
      const abandoned = running;
      running = null;
      clearTimeout(timer);
      dropChild();
      abandoned?.reject(closedError());
    },
  };
}

function closedError(): AppError {
  return new AppError('CANCELLED', 'The parser is closed.');
}

/** Whether pieces follow each other as they should: what is stored relies on it, and the process may have been taken over. */
function createPieceCheck(): (piece: ParsedPiece) => boolean {
  let length = 0;
  let lastPage = 0;
  let lastEnd = 0;
  return ({ text, pages, passages, end }) => {
    const before = length;
    length += text.length;
    if (length > maxTextChars || (text === '' && end === null)) return false;
    for (const [, start] of pages) {
      if (start < Math.max(before, lastPage) || start > length) return false;
      lastPage = start;
    }
    return passages.every(({ startOffset, endOffset }) => {
      const follows = startOffset < endOffset && endOffset > lastEnd && endOffset <= length;
      lastEnd = endOffset;
      return follows;
    });
  };
}
