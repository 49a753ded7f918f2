import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../shared/contract/chat.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { OutputOf } from '../../../shared/rpc/define.ts';
import { Button } from '../../components/ui/button.tsx';
import { pageBreaks } from './page-breaks.ts';

interface PassageInTextProps {
  source: Source;
  /** A stretch of the document with the passage in it, exactly where the source says. */
  stretch: OutputOf<AppContract['documents.read']>;
  onEarlier: () => void;
  onLater: () => void;
}

/** A passage where it stands in the text of its document: marked, and scrolled to. */
export function PassageInText({ source, stretch, onEarlier, onLater }: PassageInTextProps) {
  const { t } = useTranslation('shell');
  const markRef = useRef<HTMLElement>(null);
  useEffect(() => {
    showBeginning(markRef.current);
  }, []);
  const { text, startOffset, totalChars, pages } = stretch;
  const draw = (piece: string, offset: number) => withPages(piece, offset, pages, (page) => t('sources.page', { page }));
  return (
    <div className="px-4 py-3 text-sm leading-relaxed wrap-anywhere whitespace-pre-wrap">
      {startOffset > 0 && <MoreButton label={t('sources.earlier')} onClick={onEarlier} />}
      {draw(text.slice(0, source.startOffset - startOffset), startOffset)}
      <mark ref={markRef} tabIndex={-1} className="scroll-mt-3 rounded-xs bg-accent-soft box-decoration-clone py-0.5 text-ink">
        {draw(source.text, source.startOffset)}
      </mark>
      {draw(text.slice(source.endOffset - startOffset), source.endOffset)}
      {startOffset + text.length < totalChars && <MoreButton label={t('sources.later')} onClick={onLater} />}
    </div>
  );
}

/** In the middle, with what is around it; a passage too long for that from its beginning. */
function showBeginning(mark: HTMLElement | null): void {
  mark?.scrollIntoView({ block: mark.getBoundingClientRect().height > innerHeight / 2 ? 'start' : 'center' });
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

function MoreButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button size="sm" variant="ghost" className="my-2 w-full" onClick={onClick}>
      {label}
    </Button>
  );
}
