import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../shared/contract/chat.ts';
import { failureOf } from '../../components/error-sentence.ts';
import { rpc } from '../../rpc/connection.ts';
import type { DayRange } from './spend-range.ts';

/** A deletion of spend history under way: how far it is (null: none runs), what went wrong, and the ways to start and to stop it. */
export function useDeletion() {
  const controller = useRef<AbortController | null>(null);
  const [deletedCount, setDeletedCount] = useState<number | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => () => controller.current?.abort(), []);

  /** Says how it ended. What was deleted before it was stopped is gone; a slice under way may still go. */
  async function run(range: DayRange & { callCount: number }): Promise<'done' | 'stopped' | 'failed'> {
    const own = new AbortController();
    controller.current = own;
    setFailure(null);
    setDeletedCount(0);
    try {
      for await (const progress of rpc.stream('spend.deleteRecords', range, { signal: own.signal })) setDeletedCount(progress.deletedCount);
      return own.signal.aborted ? 'stopped' : 'done';
    } catch (error) {
      if (own.signal.aborted) return 'stopped';
      setFailure(failureOf(error));
      return 'failed';
    } finally {
      setDeletedCount(null);
    }
  }

  return { deletedCount, failure, run, stop: () => controller.current?.abort() };
}
