import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../shared/contract/chat.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { OutputOf } from '../../../shared/rpc/define.ts';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { Alert } from '../../components/ui/alert.tsx';
import { Segments } from '../../components/ui/segments.tsx';
import { Skeleton } from '../../components/ui/skeleton.tsx';
import { queries } from '../../rpc/queries.ts';
import { useDocumentView } from './document-view.ts';
import { PassageInText } from './passage-in-text.tsx';
import type { PdfProblem } from './pdf/marked-passage.ts';
import { placeOnPage } from './place-on-page.ts';

const PdfView = lazy(async () => ({ default: (await import('./pdf/pdf-view.tsx')).PdfView }));

/** Text shown on either side of the passage at first, and added by each "more", in UTF-16 code units. */
const stretchChars = 8_000;

type Stretch = OutputOf<AppContract['documents.read']>;

/** A passage where it stands in its document, if that is still the document it was taken from. */
export function DocumentPassage({ source }: { source: Source }) {
  const { t } = useTranslation('shell');
  const [before, setBefore] = useState(stretchChars);
  const [after, setAfter] = useState(stretchChars);
  const start = Math.max(0, source.startOffset - before);
  const lengthChars = source.endOffset - start + after;
  const read = useQuery({
    ...queries.documentText({ documentId: source.documentId, startOffset: start, lengthChars }),
    // More of the same document; never a stretch of the one looked at before.
    placeholderData: (previous) => (previous?.document.id === source.documentId ? previous : undefined),
  });

  if (read.isPending) return <LoadingText />;
  if (read.isError) {
    const failure = failureOf(read.error);
    if (failure.code !== 'NOT_FOUND') return <ErrorMessage failure={failure} onRetry={() => void read.refetch()} className="m-4" />;
    return <FrozenPassage source={source} note={t('sources.documentGone')} />;
  }
  const { text, startOffset } = read.data;
  const isAsGiven = text.slice(source.startOffset - startOffset, source.endOffset - startOffset) === source.text;
  // A stretch kept from before, of another passage, may end before this one: its own is on the way.
  if (!isAsGiven && read.isPlaceholderData) return <LoadingText />;
  // The document was replaced since: its text at these places is no longer what the model was given.
  if (!isAsGiven) return <FrozenPassage source={source} note={t('sources.documentChanged')} />;
  return (
    <PassageViews
      source={source}
      stretch={read.data}
      onEarlier={() => setBefore(before + stretchChars)}
      onLater={() => setAfter(after + stretchChars)}
    />
  );
}

interface PassageViewsProps {
  source: Source;
  stretch: Stretch;
  onEarlier: () => void;
  onLater: () => void;
}

/** The pages as they are printed, where there are any, or the text. */
function PassageViews({ source, stretch, onEarlier, onLater }: PassageViewsProps) {
  const { t } = useTranslation('shell');
  const view = useDocumentView((state) => state.view);
  const [found, setFound] = useState<{ readonly passageId: string; readonly problem: PdfProblem } | null>(null);
  const inText = <PassageInText key={source.passageId} source={source} stretch={stretch} onEarlier={onEarlier} onLater={onLater} />;
  if (stretch.document.mediaType !== 'application/pdf' || source.page === null) {
    return <div className="h-full overflow-y-auto">{inText}</div>;
  }
  const problem = found?.passageId === source.passageId ? found.problem : null;
  const choose = (
    <Segments
      label={t('sources.view')}
      value={problem === null ? view : 'text'}
      options={[
        { value: 'page', label: t('sources.pageView') },
        { value: 'text', label: t('sources.textView') },
      ]}
      onChange={(chosen) => {
        useDocumentView.setState({ view: chosen });
        setFound(null);
      }}
    />
  );
  if (view === 'page' && problem === null) {
    return (
      <Suspense fallback={<LoadingText />}>
        <PdfView
          key={source.documentId}
          documentId={source.documentId}
          name={source.documentName}
          passage={{ id: source.passageId, page: source.page, text: source.text, near: placeOnPage(source, stretch) }}
          onProblem={(found_) => setFound({ passageId: source.passageId, problem: found_ })}
          actions={choose}
        />
      </Suspense>
    );
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex shrink-0 justify-end border-b px-2 py-1.5">{choose}</div>
      {problem !== null && <Alert className="m-3 mb-0 shrink-0">{t(`sources.${problem}`)}</Alert>}
      <div className="min-h-0 flex-1 overflow-y-auto">{inText}</div>
    </div>
  );
}

function FrozenPassage({ source, note }: { source: Source; note: string }) {
  const { t } = useTranslation('shell');
  return (
    <div className="flex flex-col gap-3 p-4">
      <Alert>{note}</Alert>
      <p className="text-xs font-medium text-faint">{t('sources.asGiven')}</p>
      <blockquote className="border-l-3 pl-3 text-sm leading-relaxed wrap-anywhere whitespace-pre-wrap">{source.text}</blockquote>
    </div>
  );
}

function LoadingText() {
  return (
    <div className="flex flex-col gap-3 p-4">
      {['w-full', 'w-11/12', 'w-full', 'w-4/5', 'w-full', 'w-2/3'].map((width, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the list never changes
        <Skeleton key={index} className={`h-3.5 ${width}`} />
      ))}
    </div>
  );
}
