import { isValidElement, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cn } from '../../../lib/cn.ts';
import type { drawFormula } from './draw-formula.ts';

type DrawFormula = typeof drawFormula;

let loaded: DrawFormula | undefined;

/** The library, once a formula has asked for it; it is far larger than most answers need. */
function useDrawFormula(): DrawFormula | undefined {
  const [draw, setDraw] = useState(() => loaded);
  useEffect(() => {
    if (draw !== undefined) return;
    void import('./draw-formula.ts').then(({ drawFormula }) => {
      loaded = drawFormula;
      setDraw(() => drawFormula);
      return undefined;
    });
  }, [draw]);
  return draw;
}

/** The source of a displayed formula, when that is what a `pre` holds; null otherwise. */
export function formulaOf(node: ReactNode): string | null {
  if (!isValidElement<{ className?: string; children?: ReactNode }>(node)) return null;
  const { className, children } = node.props;
  return className?.includes('math-display') === true && typeof children === 'string' ? children : null;
}

/** A formula; its source until it can be drawn, and where it cannot be. */
export function Formula({ source, isDisplayed }: { source: string; isDisplayed: boolean }) {
  const { t } = useTranslation('markdown');
  const draw = useDrawFormula();
  const [failed, setFailed] = useState<string | null>(null);
  const ref = useRef<HTMLSpanElement>(null);
  const isDrawn = draw !== undefined && failed !== source;

  useLayoutEffect(() => {
    if (draw === undefined || ref.current === null) return;
    if (!draw(source, isDisplayed, ref.current)) setFailed(source);
  }, [draw, source, isDisplayed]);

  if (!isDrawn) {
    return (
      <code className="formula-source" title={failed === source ? t('formulaFailed') : undefined}>
        {source}
      </code>
    );
  }
  // Two keys, so that the library's elements are never taken for React's.
  return <span key="formula" ref={ref} className={cn(isDisplayed && 'formula-displayed')} />;
}
