import { useMutation, useQuery } from '@tanstack/react-query';
import { CirclePause, Pause, Play, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { Button } from '../../components/ui/button.tsx';
import { Spinner } from '../../components/ui/spinner.tsx';
import { useFormat } from '../../lib/format.ts';
import { mutation, queries } from '../../rpc/queries.ts';

/** What is being read and embedded, with its brakes. Nothing while nothing is going on. */
export function IndexingWork({ leftCount }: { leftCount: number }) {
  const { t } = useTranslation('documents');
  const common = useTranslation('common').t;
  const format = useFormat();
  const sentenceOf = useErrorSentence();
  const { data: settings } = useQuery(queries.settings());
  const onError = (error: unknown) => void toast.error(sentenceOf(failureOf(error)).title);
  const save = useMutation({ ...mutation('settings.update'), onError });
  const restore = useMutation({ ...mutation('documents.restore'), onError });
  const cancel = useMutation({ ...mutation('documents.cancelIndexing'), onError });
  const isPaused = settings?.indexingPaused === true;
  if (leftCount === 0 && !isPaused) return null;
  const left = { count: leftCount, formatted: format.count(leftCount) };
  const text = leftCount === 0 ? t('work.pausedIdle') : t(isPaused ? 'work.paused' : 'work.busy', left);

  function stop(): void {
    cancel.mutate(undefined, {
      onSuccess: ({ removedIds }) => {
        const bringBack = () => removedIds.forEach((documentId) => restore.mutate({ documentId }));
        toast(t('work.cancelled'), removedIds.length === 0 ? {} : { action: { label: common('undo'), onClick: bringBack } });
      },
    });
  }

  return (
    <div className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg bg-sunken px-3 py-2">
      <output className="flex min-w-0 flex-1 items-center gap-2.5 tabular">
        {isPaused ? <CirclePause className="size-4 shrink-0 text-warn" aria-hidden /> : <Spinner className="size-4 text-muted" />}
        {text}
      </output>
      <div className="flex gap-2">
        <Button size="sm" busy={save.isPending} onClick={() => save.mutate({ indexingPaused: !isPaused })}>
          {isPaused ? <Play className="size-3.5" aria-hidden /> : <Pause className="size-3.5" aria-hidden />}
          {t(isPaused ? 'work.resume' : 'work.pause')}
        </Button>
        {leftCount > 0 && (
          <Button size="sm" variant="ghost" busy={cancel.isPending} onClick={stop}>
            <X className="size-3.5" aria-hidden />
            {t('work.cancel')}
          </Button>
        )}
      </div>
    </div>
  );
}
