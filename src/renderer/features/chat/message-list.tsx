import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../shared/contract/chat.ts';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { cn } from '../../lib/cn.ts';
import { Answer, type AnswerActions } from './answer.tsx';
import { Question } from './question.tsx';

/** Closer to the end than this counts as reading along, in pixels. */
const endThresholdPx = 64;
/** How long a message that was jumped to stays marked. */
const flashMs = 1_800;

interface MessageListProps extends AnswerActions {
  messages: readonly Message[];
  isBusy: boolean;
  documentCount: number;
  /** The message to show and mark, once. */
  targetId: string | null;
  onTargetShown: () => void;
  onEdit: (message: Message, text: string) => void;
}

/** The messages of the open branch. Follows an answer only while the reader is at the end, and holds still otherwise. */
export function MessageList({ messages, targetId, onTargetShown, ...rest }: MessageListProps) {
  const { t } = useTranslation('chat');
  const scrollRef = useRef<HTMLDivElement>(null);
  const [flashId, setFlashId] = useState<string | null>(null);
  const getItemKey = useCallback((index: number) => messages[index]?.id ?? index, [messages]);
  // oxlint-disable-next-line react/incompatible-library -- its result is used here only, never memoised
  const list = useVirtualizer({
    count: messages.length,
    getScrollElement: () => scrollRef.current,
    getItemKey,
    estimateSize: (index) => (messages[index]?.role === 'user' ? 96 : 240),
    overscan: 4,
    paddingStart: 24,
    paddingEnd: 32,
    scrollPaddingStart: 20,
    gap: 20,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: endThresholdPx,
  });

  // A conversation opens at its end, before the first paint.
  useLayoutEffect(() => list.scrollToEnd(), [list]);

  // The composer grows and banners come: whoever was at the end stays there when the list gets shorter.
  const wasAtEnd = useRef(true);
  useEffect(() => {
    const scroller = scrollRef.current;
    if (scroller === null) return undefined;
    const observer = new ResizeObserver(() => wasAtEnd.current && list.scrollToEnd());
    observer.observe(scroller);
    return () => observer.disconnect();
  }, [list]);

  useEffect(() => {
    if (targetId === null) return;
    const index = messages.findIndex(({ id }) => id === targetId);
    if (index < 0) return;
    list.scrollToIndex(index, { align: 'start' });
    setFlashId(targetId);
    onTargetShown();
  }, [targetId, messages, list, onTargetShown]);

  useEffect(() => {
    if (flashId === null) return undefined;
    const timer = setTimeout(() => setFlashId(null), flashMs);
    return () => clearTimeout(timer);
  }, [flashId]);

  const isAway = list.scrollRect !== null && !list.isAtEnd(endThresholdPx);
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scrollRef}
        onScroll={() => (wasAtEnd.current = list.isAtEnd(endThresholdPx))}
        className="focus-inset h-full overflow-y-auto [overflow-anchor:none]"
        // A region that scrolls must be reachable with the keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="log"
        aria-label={t('list.name')}
      >
        <div className="relative mx-auto w-full max-w-[42rem]" style={{ height: list.getTotalSize() }}>
          {list.getVirtualItems().map(({ key, index, start }) => {
            const message = messages[index];
            return message === undefined ? null : (
              <div
                key={key}
                data-index={index}
                data-message-id={message.id}
                ref={list.measureElement}
                className="absolute inset-x-0 top-0 px-4 sm:px-6"
                style={{ transform: `translateY(${String(start)}px)` }}
              >
                <div className={cn('-m-3 rounded-xl p-3 transition-colors duration-500', flashId === message.id && 'bg-accent-soft')}>
                  {message.role === 'user' ? <Question message={message} {...rest} /> : <Answer message={message} {...rest} />}
                </div>
              </div>
            );
          })}
        </div>
      </div>
      {isAway && (
        <div className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
          <IconButton
            variant="secondary"
            className="pointer-events-auto rounded-full shadow-popup"
            label={t('list.toEnd')}
            onClick={() => list.scrollToEnd({ behavior: 'smooth' })}
          >
            <ArrowDown className="size-4" aria-hidden />
          </IconButton>
        </div>
      )}
    </div>
  );
}
