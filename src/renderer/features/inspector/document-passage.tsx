import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../shared/contract/chat.ts';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { Alert } from '../../components/ui/alert.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Skeleton } from '../../components/ui/skeleton.tsx';
import { queries } from '../../rpc/queries.ts';
import { pageBreaks } from './page-breaks.ts';

/** Text shown on either side of the passage at first, and added by each "more", in UTF-16 code units. */
const stretchChars = 8_000;

/** A passage where it stands in its document: marked, and scrolled to. */
export function DocumentPassage({ source }: { source: Source }) {
  const { t } = useTranslation('shell');
  const [before, setBefore] = useState(stretchChars);
  const [after, setAfter] = useState(stretchChars);
  const start = Math.max(0, source.startOffset - before);
  const lengthChars = source.endOffset - start + after;
  const read = useQuery({
    ...queries.documentText({ documentId: source.documentId, startOffset: start, lengthChars }),
    placeholderData: keepPreviousData,
  });
  const markRef = useRef<HTMLElement>(null);
  const isLoaded = read.data !== undefined;
  useEffect(() => {
    if (isLoaded) markRef.current?.scrollIntoView({ block: 'center' });
  }, [isLoaded]);

  if (read.isPending) return <LoadingText />;
  if (read.isError) {
    const failure = failureOf(read.error);
    if (failure.code !== 'NOT_FOUND') return <ErrorMessage failure={failure} onRetry={() => void read.refetch()} className="m-4" />;
    return <FrozenPassage source={source} note={t('sources.documentGone')} />;
  }
  const { text, startOffset, totalChars, pages } = read.data;
  const from = source.startOffset - startOffset;
  const to = source.endOffset - startOffset;
  // The document was replaced since: its text at these places is no longer what the model was given.
  if (text.slice(from, to) !== source.text) return <FrozenPassage source={source} note={t('sources.documentChanged')} />;
  const draw = (piece: string, offset: number) => withPages(piece, offset, pages, (page) => t('sources.page', { page }));
  return (
    <div className="px-4 py-3 text-sm leading-relaxed wrap-anywhere whitespace-pre-wrap">
      {startOffset > 0 && <MoreButton label={t('sources.earlier')} onClick={() => setBefore((chars) => chars + stretchChars)} />}
      {draw(text.slice(0, from), startOffset)}
      <mark ref={markRef} tabIndex={-1} className="rounded-xs bg-accent-soft box-decoration-clone py-0.5 text-ink">
        {draw(source.text, source.startOffset)}
      </mark>
      {draw(text.slice(to), source.endOffset)}
      {startOffset + text.length < totalChars && (
        <MoreButton label={t('sources.later')} onClick={() => setAfter((chars) => chars + stretchChars)} />
      )}
    </div>
  );
}

/** A text with a line where each page begins. */
function withPages(
  text: string,
  offset: number,
  pages: readonly { readonly page: number; readonly startOffset: number }[],
  label: (page: number) => string,
): ReactNode[] {
  return pageBreaks(text, offset, pages).flatMap(({ page, text: piece }) => [
    page === null ? null : (
      <span
        key={`page-${String(page)}`}
        className="my-2 flex items-center gap-2 text-xs text-faint select-none after:h-px after:flex-1 after:bg-line"
      >
        {label(page)}
      </span>
    ),
    piece,
  ]);
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

function MoreButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button size="sm" variant="ghost" className="my-2 w-full" onClick={onClick}>
      {label}
    </Button>
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
