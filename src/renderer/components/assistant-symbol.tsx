import type { Assistant, AssistantColour } from '../../shared/contract/library.ts';
import { cn } from '../lib/cn.ts';

const grounds: Readonly<Record<AssistantColour, string>> = {
  blue: 'bg-chart-1/18',
  orange: 'bg-chart-2/18',
  green: 'bg-chart-3/18',
  pink: 'bg-chart-4/18',
  yellow: 'bg-chart-5/18',
  purple: 'bg-chart-7/18',
};

interface AssistantSymbolProps {
  assistant: Pick<Assistant, 'symbol' | 'colour'>;
  size?: 'sm' | 'md';
}

/** An assistant's letter or emoji on its ground. The name stands beside it, so it says nothing to a screen reader. */
export function AssistantSymbol({ assistant: { symbol, colour }, size = 'md' }: AssistantSymbolProps) {
  return (
    <span
      aria-hidden
      className={cn(
        'inline-flex shrink-0 items-center justify-center overflow-hidden rounded-md text-ink',
        size === 'sm' ? 'size-5 text-xs' : 'size-8 text-base',
        grounds[colour],
      )}
    >
      {symbol}
    </span>
  );
}
