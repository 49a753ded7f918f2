import { useRef, useState } from 'react';
import type { Failure } from '../../../../shared/contract/chat.ts';
import type { ImportPreview } from '../../../../shared/contract/imports.ts';
import { failureOf } from '../../../components/error-sentence.ts';
import { rpc } from '../../../rpc/connection.ts';
import { discardImport, sendImport } from '../../../rpc/send-import.ts';

/** Sending a file takes about as long as reading it, so each is half of the bar. */
const half = 0.5;

export type ImportPhase =
  | { readonly name: 'choosing'; readonly failure: Failure | null }
  | { readonly name: 'reading'; readonly fileName: string; readonly share: number }
  | { readonly name: 'looking'; readonly fileName: string; readonly fileId: string; readonly preview: ImportPreview }
  | { readonly name: 'adding'; readonly share: number };

/** What an import came to. */
export interface Imported {
  readonly importId: string;
  readonly addedCount: number;
}

/** An import from choosing a file to its end. Nothing is written before `add`; `cancel` ends it wherever it is. */
export function useImport(onDone: (imported: Imported) => void) {
  const [phase, setPhase] = useState<ImportPhase>({ name: 'choosing', failure: null });
  const running = useRef<AbortController | null>(null);

  async function attempt(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const controller = new AbortController();
    running.current = controller;
    try {
      await work(controller.signal);
    } catch (error) {
      setPhase({ name: 'choosing', failure: controller.signal.aborted ? null : failureOf(error) });
    }
  }

  return {
    phase,
    read: (file: File) =>
      attempt(async (signal) => {
        const report = (share: number): void => setPhase({ name: 'reading', fileName: file.name, share });
        report(0);
        const fileId = await sendImport(file, (share) => report(share * half), signal);
        try {
          for await (const item of rpc.stream('imports.preview', { fileId }, { signal })) {
            if (item.type === 'progress') report(half + item.share * half);
            else setPhase({ name: 'looking', fileName: file.name, fileId, preview: item.preview });
          }
        } catch (error) {
          discardImport(fileId);
          throw error;
        }
      }),
    add: (fileId: string) =>
      attempt(async (signal) => {
        const importId = crypto.randomUUID();
        setPhase({ name: 'adding', share: 0 });
        try {
          for await (const item of rpc.stream('imports.run', { fileId, importId }, { signal })) {
            if (item.type === 'progress') setPhase({ name: 'adding', share: item.share });
            else {
              setPhase({ name: 'choosing', failure: null });
              onDone({ importId, addedCount: item.addedCount });
            }
          }
        } finally {
          discardImport(fileId);
        }
      }),
    /** Ends what is going on, and forgets the file. */
    cancel(): void {
      running.current?.abort();
      if (phase.name === 'looking') discardImport(phase.fileId);
      setPhase({ name: 'choosing', failure: null });
    },
  };
}
