import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Spinner } from '../../../components/ui/spinner.tsx';
import { useIsDark } from './use-is-dark.ts';

type Drawing = { readonly source: string; readonly isDark: boolean } & (
  | { readonly url: string; readonly widthPx: number }
  | { readonly url: null }
);

/** A diagram as a picture: an image, in which nothing can run, be followed or be loaded. Where it cannot be drawn, its source. */
export function Diagram({ source, fallback }: { source: string; fallback: ReactNode }) {
  const { t } = useTranslation('markdown');
  const isDark = useIsDark();
  const [drawing, setDrawing] = useState<Drawing | null>(null);

  useEffect(() => {
    let isCurrent = true;
    async function show(): Promise<void> {
      const { drawDiagram } = await import('./draw-diagram.ts');
      const drawn = await drawDiagram(source, isDark);
      if (isCurrent) setDrawing({ source, isDark, ...(drawn ?? { url: null }) });
    }
    void show();
    return () => void (isCurrent = false);
  }, [source, isDark]);

  if (drawing === null || drawing.source !== source) {
    return (
      <output className="diagram-wait">
        <Spinner className="size-3.5" />
        {t('diagram.drawing')}
      </output>
    );
  }
  if (drawing.url === null) {
    return (
      <>
        <p className="diagram-failed">{t('diagram.failed')}</p>
        {fallback}
      </>
    );
  }
  return (
    <div
      className="diagram"
      // A wide diagram scrolls, and what scrolls must be reachable with the keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <img src={drawing.url} width={drawing.widthPx} alt={t('diagram.alt')} draggable={false} />
    </div>
  );
}
