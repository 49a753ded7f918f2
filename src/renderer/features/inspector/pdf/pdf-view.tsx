import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Spinner } from '../../../components/ui/spinner.tsx';
import type { MarkedPassage, PdfProblem } from './marked-passage.ts';
import { openPdf, type OpenPdf } from './open-document.ts';
import { PdfPages } from './pdf-pages.tsx';

interface PdfViewProps {
  documentId: string;
  /** Read out as the name of the pages. */
  name: string;
  passage: MarkedPassage;
  onProblem: (problem: PdfProblem) => void;
  /** What else stands in the row of controls. */
  actions: ReactNode;
}

/** Longest wait for a document to open, in milliseconds. */
const openDeadlineMs = 20_000;

/** The pages of a PDF as they are printed, beginning with the passage's. Loaded on demand: pdf.js is large. */
export function PdfView({ documentId, name, passage, onProblem, actions }: PdfViewProps) {
  const { t } = useTranslation('shell');
  const [opened, setOpened] = useState<OpenPdf | null>(null);
  const [zoom, setZoom] = useState<number | null>(null);

  useEffect(() => {
    const leaving = new AbortController();
    const deadline = setTimeout(() => leaving.abort(), openDeadlineMs);
    let isLeft = false;
    openPdf(documentId, leaving.signal)
      .then(
        (pdf) => setOpened(pdf),
        () => {
          if (!isLeft) onProblem('unreadable');
        },
      )
      .finally(() => clearTimeout(deadline));
    return () => {
      isLeft = true;
      leaving.abort();
    };
    // The document alone decides what is opened; who is told of a problem does not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [documentId]);

  if (opened === null) {
    return (
      <div className="flex h-full items-center justify-center gap-2 p-6 text-muted">
        <Spinner className="size-4" />
        {t('sources.opening')}
      </div>
    );
  }
  return (
    <PdfPages
      key={passage.id}
      opened={opened}
      name={name}
      passage={passage}
      zoom={zoom}
      onZoom={setZoom}
      onProblem={onProblem}
      actions={actions}
    />
  );
}
