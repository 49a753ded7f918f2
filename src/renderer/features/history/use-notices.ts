import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { useLatest } from '../../lib/use-latest.ts';

/** How long something can be taken back from its notice. */
const undoMs = 10_000;

interface DoneNotice {
  readonly title: string;
  readonly help?: string;
  readonly undo: () => Promise<unknown>;
}

/** Says what was done, with a way back, and what went wrong. The functions keep their identity. */
export function useNotices() {
  const { t } = useTranslation('common');
  const sentence = useErrorSentence();
  const latest = useLatest({ sentence, t });
  return useMemo(() => {
    function report(error: unknown): void {
      const { title, help } = latest.current.sentence(failureOf(error));
      toast.error(title, { description: help });
    }
    return {
      report,
      done({ title, help, undo }: DoneNotice): void {
        const action = { label: latest.current.t('undo'), onClick: () => void undo().catch(report) };
        toast(title, { description: help, duration: undoMs, action });
      },
    };
  }, [latest]);
}
