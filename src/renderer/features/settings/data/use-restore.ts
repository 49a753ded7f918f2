import { useState } from 'react';
import type { Failure } from '../../../../shared/contract/chat.ts';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { OutputOf } from '../../../../shared/rpc/define.ts';
import { failureOf } from '../../../components/error-sentence.ts';
import { rpc } from '../../../rpc/connection.ts';
import { discardImport, sendImport } from '../../../rpc/send-import.ts';

export type RestorePhase =
  | { readonly name: 'choosing'; readonly failure: Failure | null }
  | { readonly name: 'reading' }
  | { readonly name: 'looking'; readonly fileId: string; readonly backup: OutputOf<AppContract['backup.check']> }
  | { readonly name: 'restoring' };

/** A restore from choosing a file to its end. Nothing is changed before `restore`. */
export function useRestore(onDone: (keptAs: string) => void) {
  const [phase, setPhase] = useState<RestorePhase>({ name: 'choosing', failure: null });
  const fail = (error: unknown): void => setPhase({ name: 'choosing', failure: failureOf(error) });
  return {
    phase,
    async read(file: File): Promise<void> {
      setPhase({ name: 'reading' });
      try {
        const fileId = await sendImport(file, () => undefined, new AbortController().signal);
        setPhase({ name: 'looking', fileId, backup: await rpc.call('backup.check', { fileId }) });
      } catch (error) {
        fail(error);
      }
    },
    async restore(fileId: string): Promise<void> {
      setPhase({ name: 'restoring' });
      try {
        const { keptAs } = await rpc.call('backup.restore', { fileId });
        setPhase({ name: 'choosing', failure: null });
        onDone(keptAs);
      } catch (error) {
        fail(error);
      }
    },
    /** Forgets the file. */
    leave(): void {
      if (phase.name === 'looking') discardImport(phase.fileId);
      setPhase({ name: 'choosing', failure: null });
    },
  };
}
