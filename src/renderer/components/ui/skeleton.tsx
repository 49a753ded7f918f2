import { cn } from '../../lib/cn.ts';

/** A grey shape where something is about to be. Give it the size of what comes. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn('animate-pulse rounded bg-hover', className)} />;
}
