import type { ReactNode, RefObject } from 'react';
import { cn } from '../lib/cn.ts';

interface PageProps {
  title: string;
  /** Beside the title: what belongs to the page as a whole. */
  actions?: ReactNode;
  /** Under the title, in the header. */
  toolbar?: ReactNode;
  /** Widest the content grows. */
  width?: 'narrow' | 'wide';
  /** Given the element that scrolls. */
  scrollRef?: RefObject<HTMLDivElement | null>;
  children: ReactNode;
}

/** A place of its own (documents, spend, settings): a header that stays and content that scrolls. */
export function Page({ title, actions, toolbar, width = 'wide', scrollRef, children }: PageProps) {
  const column = cn('mx-auto w-full px-4 sm:px-6', width === 'wide' ? 'max-w-6xl' : 'max-w-3xl');
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="shrink-0 border-b">
        <div className={cn(column, 'flex min-h-14 flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5')}>
          <h1 className="text-xl font-semibold">{title}</h1>
          {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </div>
        {toolbar !== undefined && <div className={cn(column, 'pb-2.5')}>{toolbar}</div>}
      </header>
      <div ref={scrollRef} className="min-h-0 flex-1 overflow-y-auto">
        <div className={cn(column, 'py-6')}>{children}</div>
      </div>
    </div>
  );
}
