import type { ReactNode } from 'react';
import { cn } from '../lib/cn.ts';

interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  /** What would be here and how it gets here. */
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}

/** What a place shows while it holds nothing: what it is for, and how to begin. */
export function EmptyState({ icon, title, children, action, className }: EmptyStateProps) {
  return (
    <div className={cn('mx-auto flex max-w-md flex-col items-center gap-3 px-6 py-16 text-center', className)}>
      <div aria-hidden className="flex size-11 items-center justify-center rounded-xl bg-hover text-muted [&_svg]:size-5">
        {icon}
      </div>
      <h2 className="text-lg font-semibold text-balance">{title}</h2>
      {children !== undefined && <div className="text-base text-pretty text-muted">{children}</div>}
      {action !== undefined && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
