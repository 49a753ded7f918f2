import { ChevronLeft, ChevronRight, ZoomIn, ZoomOut } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { useFormat } from '../../../lib/format.ts';
import type { MarkedPassage, PdfProblem } from './marked-passage.ts';
import type { OpenPdf } from './open-document.ts';
import { useDrawnPage } from './use-drawn-page.ts';

interface PdfPagesProps {
  opened: OpenPdf;
  name: string;
  passage: MarkedPassage;
  /** 1: as wide as there is room; null: as large as its text has room. */
  zoom: number | null;
  onZoom: (zoom: number) => void;
  onProblem: (problem: PdfProblem) => void;
  actions: ReactNode;
}

const zooms = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];

/** One page at a time, with the ways to the others and nearer. */
export function PdfPages({ opened, name, passage, zoom, onZoom, onProblem, actions }: PdfPagesProps) {
  const { t } = useTranslation('shell');
  const { count, percent } = useFormat();
  const { numPages } = opened.pdf;
  const [page, setPage] = useState(Math.min(passage.page, numPages));
  const { scrollerRef, holderRef, isDrawing, drawnZoom } = useDrawnPage({ opened, page, passage, zoom, onProblem });
  const [nearer, farther] = [zooms.find((step) => step > drawnZoom), zooms.findLast((step) => step < drawnZoom)];
  const step = (label: string, icon: ReactNode, onClick: (() => void) | null) => (
    <IconButton
      size="sm"
      label={label}
      tooltipSide="bottom"
      disabled={onClick === null}
      focusableWhenDisabled
      onClick={onClick ?? undefined}
    >
      {icon}
    </IconButton>
  );
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b px-2 py-1.5">
        <div className="flex items-center">
          {step(t('sources.previousPage'), <ChevronLeft className="size-4" aria-hidden />, page > 1 ? () => setPage(page - 1) : null)}
          <output
            className="min-w-14 px-1 text-center text-sm tabular"
            aria-label={t('sources.pageOf', { page: count(page), total: count(numPages) })}
          >
            {count(page)} / {count(numPages)}
          </output>
          {step(t('sources.nextPage'), <ChevronRight className="size-4" aria-hidden />, page < numPages ? () => setPage(page + 1) : null)}
        </div>
        <div className="flex items-center">
          {step(t('sources.zoomOut'), <ZoomOut className="size-4" aria-hidden />, farther === undefined ? null : () => onZoom(farther))}
          <output
            className="min-w-11 text-center text-sm tabular text-muted"
            aria-label={t('sources.zoom', { percent: percent(drawnZoom) })}
          >
            {percent(drawnZoom)}
          </output>
          {step(t('sources.zoomIn'), <ZoomIn className="size-4" aria-hidden />, nearer === undefined ? null : () => onZoom(nearer))}
        </div>
        <div className="ml-auto">{actions}</div>
      </div>
      <section
        ref={scrollerRef}
        aria-label={t('sources.pageOfDocument', { name, page })}
        aria-busy={isDrawing}
        className="focus-inset min-h-0 flex-1 overflow-auto bg-sunken p-2"
        // What scrolls must be reachable with the keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <div ref={holderRef} />
      </section>
    </div>
  );
}
