import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { cn } from '../lib/cn.ts';

interface ResizeHandleProps {
  label: string;
  /** The side of the panel the handle is on. */
  side: 'left' | 'right';
  widthPx: number;
  minPx: number;
  maxPx: number;
  onResize: (widthPx: number) => void;
}

const keyStepPx = 16;

/** The edge of a panel, to be dragged or moved with the arrow keys. */
export function ResizeHandle({ label, side, widthPx, minPx, maxPx, onResize }: ResizeHandleProps) {
  const [drag, setDrag] = useState<{ startX: number; startWidthPx: number } | null>(null);
  const sign = side === 'right' ? 1 : -1;
  const resize = (next: number) => onResize(Math.round(Math.max(minPx, Math.min(maxPx, next))));

  function handleKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    resize(widthPx + (event.key === 'ArrowRight' ? keyStepPx : -keyStepPx) * sign);
  }

  function handlePointerDown(event: PointerEvent<HTMLElement>): void {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ startX: event.clientX, startWidthPx: widthPx });
  }

  return (
    // A focusable separator with a value is a widget (WAI-ARIA window splitter), which the rule does not know.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <hr
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={widthPx}
      aria-valuemin={minPx}
      aria-valuemax={maxPx}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className={cn(
        'absolute inset-y-0 z-10 m-0 h-full w-1.5 cursor-col-resize touch-none border-0 transition-colors hover:bg-accent/30 focus-visible:bg-accent',
        side === 'right' ? '-right-0.75' : '-left-0.75',
        drag !== null && 'bg-accent/40',
      )}
      onKeyDown={handleKeyDown}
      onPointerDown={handlePointerDown}
      onPointerMove={(event) => drag && resize(drag.startWidthPx + (event.clientX - drag.startX) * sign)}
      onPointerUp={() => setDrag(null)}
      onPointerCancel={() => setDrag(null)}
    />
  );
}
