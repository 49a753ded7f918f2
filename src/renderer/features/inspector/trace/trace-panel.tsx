import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../../shared/contract/chat.ts';
import type { RetrievalTrace } from '../../../../shared/contract/trace.ts';
import { ErrorMessage } from '../../../components/error-message.tsx';
import { failureOf, useErrorSentence } from '../../../components/error-sentence.ts';
import { Alert } from '../../../components/ui/alert.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { cn } from '../../../lib/cn.ts';
import { useFormat } from '../../../lib/format.ts';
import { openInspector, type InspectorSubject } from '../../../navigation/inspector-store.ts';
import { queries } from '../../../rpc/queries.ts';
import { FusedList } from './fused-list.tsx';
import { RankList } from './rank-list.tsx';
import { StepTimes } from './step-times.tsx';

/** How the passages of an answer were found, from the question that was searched for to what became of each. */
export function TracePanel({ subject, message }: { subject: InspectorSubject; message: Message }) {
  const { t } = useTranslation('shell');
  const isOver = message.status !== 'streaming';
  const read = useQuery({ ...queries.trace(message.id), enabled: isOver });
  if (!isOver) return <p className="p-4 text-muted">{t('trace.notYet')}</p>;
  if (read.isPending) return <Skeleton className="m-4 h-24" />;
  if (read.isError) return <ErrorMessage failure={failureOf(read.error)} onRetry={() => void read.refetch()} className="m-4" />;
  const { trace, openings } = read.data;
  if (trace === null || trace.documentCount === 0) return <p className="p-4 text-muted">{t('trace.noDocuments')}</p>;
  return <Trace subject={subject} message={message} trace={trace} openings={openings} />;
}

interface TraceProps {
  subject: InspectorSubject;
  message: Message;
  trace: RetrievalTrace;
  openings: Readonly<Record<string, string>>;
}

function Trace({ subject, message, trace, openings }: TraceProps) {
  const { t } = useTranslation('shell');
  const { count } = useFormat();
  const [chosenId, setChosenId] = useState<string | null>(null);
  const givenCount = trace.passages.filter(({ ordinal }) => ordinal !== null).length;
  const choose = (passageId: string) => setChosenId(chosenId === passageId ? null : passageId);
  const list = { passages: trace.passages, openings, chosenId, onChoose: choose };
  return (
    <div className="@container flex flex-col gap-5 p-4">
      <Part title={t('trace.question')}>
        <p className="wrap-anywhere">{trace.query}</p>
        <p className="text-xs text-faint">{message.condensedQuestion === null ? t('trace.notRewritten') : t('trace.rewritten')}</p>
        <FurtherQueries queries={trace.furtherQueries ?? []} />
        <p className="text-sm text-muted tabular">
          {[
            t('trace.searched', { count: trace.documentCount, formatted: count(trace.documentCount) }),
            t('trace.given', { given: count(givenCount), found: count(trace.foundCount) }),
            t('trace.tokens', { given: count(trace.givenTokens), budget: count(trace.tokenBudget) }),
          ].join(' · ')}
        </p>
      </Part>
      <WithoutVectors trace={trace} />
      {trace.foundCount === 0 ? (
        <p className="text-muted">{t('trace.nothing')}</p>
      ) : (
        <>
          <div className="flex flex-col gap-1.5">
            <div className={cn('grid gap-4', trace.withoutVectors === null && '@min-[20rem]:grid-cols-2')}>
              <RankList
                {...list}
                title={t('trace.keyword')}
                search="keyword"
                foundCount={trace.keywordCount}
                nothing={t('trace.noneByWords')}
              />
              {trace.withoutVectors === null && (
                <RankList
                  {...list}
                  title={t('trace.meaning')}
                  search="vector"
                  foundCount={trace.vectorCount}
                  nothing={t('trace.noneByMeaning')}
                />
              )}
            </div>
            <p className="text-xs text-pretty text-faint">{t('trace.rankHint')}</p>
          </div>
          <Part title={t('trace.fused')}>
            <p className="text-xs text-pretty text-faint">{t(trace.isRankedAgain === true ? 'trace.rankedAgain' : 'trace.fusedHint')}</p>
            <FusedList
              trace={trace}
              openings={openings}
              chosenId={chosenId}
              onOpen={(ordinal) => openInspector(subject, 'sources', ordinal)}
            />
          </Part>
        </>
      )}
      <Part title={t('trace.times')}>
        <StepTimes steps={trace.steps} receipt={message.receipt} />
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-1">
      <h3 className="text-sm font-medium">{title}</h3>
      {children}
    </section>
  );
}

function FurtherQueries({ queries }: { queries: readonly string[] }) {
  const { t } = useTranslation('shell');
  if (queries.length === 0) return null;
  return (
    <>
      <p className="text-xs text-faint">{t('trace.alsoSearched')}</p>
      <ul className="list-disc pl-4 text-sm wrap-anywhere">
        {queries.map((query) => (
          <li key={query}>{query}</li>
        ))}
      </ul>
    </>
  );
}

/** A search by words alone is never passed off as a whole one. */
function WithoutVectors({ trace }: { trace: RetrievalTrace }) {
  const { t } = useTranslation('shell');
  const sentence = useErrorSentence();
  if (trace.withoutVectors === null) return null;
  return (
    <Alert tone={trace.withoutVectors === 'failed' ? 'warn' : 'info'}>
      {t(`trace.without.${trace.withoutVectors}`)}
      {trace.withoutVectors === 'failed' && trace.failure !== null && <p>{sentence(trace.failure).title}</p>}
    </Alert>
  );
}
