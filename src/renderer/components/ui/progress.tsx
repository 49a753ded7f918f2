import { Progress as BaseProgress } from '@base-ui/react/progress';
import { cn } from '../../lib/cn.ts';

interface ProgressProps {
  /** 0 to 1; null while the end is unknown. */
  value: number | null;
  label: string;
  /** What a screen reader says instead of a percentage, such as "12 of 40 passages". */
  valueText?: string;
  /** How good it is that it fills. */
  tone?: 'accent' | 'warn' | 'danger';
  className?: string;
}

const fills = { accent: 'bg-accent', warn: 'bg-warn', danger: 'bg-danger' } as const;

/** A bar that fills. */
export function Progress({ value, label, valueText, tone = 'accent', className }: ProgressProps) {
  const percent = value === null ? null : Math.round(Math.min(Math.max(value, 0), 1) * 100);
  return (
    <BaseProgress.Root
      value={percent}
      aria-label={label}
      aria-valuetext={valueText}
      className={cn('h-1 w-full overflow-hidden rounded-full bg-active', className)}
    >
      <BaseProgress.Track className="h-full">
        <BaseProgress.Indicator
          className={cn(
            'block h-full rounded-full transition-[width] duration-200 data-indeterminate:w-1/3 data-indeterminate:animate-pulse',
            fills[tone],
          )}
        />
      </BaseProgress.Track>
    </BaseProgress.Root>
  );
}
