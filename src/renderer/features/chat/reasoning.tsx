import { Brain, ChevronRight } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../shared/contract/chat.ts';
import { cn } from '../../lib/cn.ts';
import { useFormat } from '../../lib/format.ts';
import { Markdown } from './markdown/markdown.tsx';

interface ReasoningProps {
  message: Message;
  /** When it began, in epoch milliseconds, while it goes on; null afterwards. */
  since: number | null;
  isOpen: boolean;
  onToggle: () => void;
}

/** What the model let see of its thinking: one line, which opens. Nothing where there was none. */
export function Reasoning({ message, since, isOpen, onToggle }: ReasoningProps) {
  const { t } = useTranslation('asking');
  const format = useFormat();
  const id = useId();
  const { reasoning, reasoningMs } = message;
  if (reasoning === '') return null;
  return (
    <div className="flex flex-col items-start gap-1.5">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        className="-ml-1 flex h-7 items-center gap-1.5 rounded-md px-1 text-sm text-muted hover:bg-hover hover:text-ink"
        onClick={onToggle}
      >
        <Brain className="size-3.5" aria-hidden />
        {since !== null && reasoningMs === null ? (
          <ThinkingTime since={since} />
        ) : reasoningMs === null ? (
          t('thoughtUntimed')
        ) : (
          t('thought', { time: format.duration(reasoningMs) })
        )}
        <ChevronRight className={cn('size-3.5 transition-transform', isOpen && 'rotate-90')} aria-hidden />
      </button>
      <section
        id={id}
        hidden={!isOpen}
        aria-label={t('thoughts')}
        data-thoughts
        // Scrolls, so it has to be reachable with the keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="max-h-80 w-full overflow-y-auto border-l-2 pl-3 text-sm text-muted"
      >
        {isOpen && <Markdown text={reasoning} />}
      </section>
    </div>
  );
}

/** Whole seconds since then, counted on. */
function ThinkingTime({ since }: { since: number }) {
  const { t } = useTranslation('asking');
  const format = useFormat();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.floor((now - since) / 1_000));
  return <span className="tabular">{t('thinking', { time: format.duration(seconds * 1_000) })}</span>;
}
