import { useQueryClient } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BranchEntry } from '../../../shared/contract/conversations.ts';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { cn } from '../../lib/cn.ts';
import type { BranchContext } from '../../../shared/contract/context.ts';
import { BranchMessage, type BranchMessageProps } from './branch-message.tsx';
import { ContextMarks } from './context-marks.tsx';
import { estimateHeight } from './estimate-height.ts';
import { holdPlace } from './hold-place.ts';
import { PlaceContext } from './markdown/place-context.ts';
import { readMessages, useReadAhead } from './read-ahead.ts';
import { endThresholdPx, useFollowingEnd } from './use-following-end.ts';

/** Messages on either side of the one that is jumped to which are read first, so that it stays where it is shown. */
const readAroundTarget = 6;
/** How long a message that was jumped to stays marked. */
const flashMs = 1_800;

interface MessageListProps extends BranchMessageProps {
  conversationId: string;
  branch: readonly BranchEntry[];
  /** What of it goes along with the next question; undefined while that is not known. */
  context: BranchContext | undefined;
  /** The message to show and mark, once. */
  targetId: string | null;
  onTargetShown: () => void;
}

/**
 * The messages of the open branch, of which only those in view are drawn and read. Follows an answer only while the
 * reader is at the end, and holds still otherwise.
 */
export function MessageList({ conversationId, branch, context, targetId, onTargetShown, ...rest }: MessageListProps) {
  const { t } = useTranslation('chat');
  const scrollRef = useRef<HTMLDivElement>(null);
  const client = useQueryClient();
  const [flashId, setFlashId] = useState<string | null>(null);
  const getItemKey = useCallback((index: number) => branch[index]?.id ?? index, [branch]);
  // oxlint-disable-next-line react/incompatible-library -- its result is used here only, never memoised
  const list = useVirtualizer({
    count: branch.length,
    getScrollElement: () => scrollRef.current,
    getItemKey,
    estimateSize: (index) => estimateHeight(branch[index] ?? { id: '', role: 'user', sizeBytes: 0 }),
    overscan: 4,
    paddingStart: 24,
    paddingEnd: 32,
    scrollPaddingStart: 20,
    gap: 20,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: endThresholdPx,
    // A growing answer moves what is below it without this component being drawn again.
    directDomUpdates: true,
    directDomUpdatesMode: 'position',
  });

  // A conversation opens at its end, before the first paint.
  useLayoutEffect(() => list.scrollToEnd(), [list]);

  const scrollToEnd = useCallback(() => list.scrollToEnd(), [list]);
  const { isAway, leave, scrollProps } = useFollowingEnd(scrollRef, scrollToEnd);

  useEffect(() => {
    if (targetId === null) return undefined;
    const index = branch.findIndex(({ id }) => id === targetId);
    if (index < 0) return undefined;
    let isCurrent = true;
    async function show(): Promise<void> {
      await readMessages(client, conversationId, branch, { first: index - readAroundTarget, last: index + readAroundTarget });
      if (!isCurrent) return;
      leave();
      list.scrollToIndex(index, { align: 'start' });
      setFlashId(targetId);
      onTargetShown();
    }
    void show();
    return () => void (isCurrent = false);
  }, [targetId, client, conversationId, branch, list, leave, onTargetShown]);

  useEffect(() => {
    if (flashId === null) return undefined;
    const timer = setTimeout(() => setFlashId(null), flashMs);
    return () => clearTimeout(timer);
  }, [flashId]);

  const handleGrown = useCallback((grown: Element, deltaPx: number) => holdPlace(list, grown, deltaPx), [list]);
  const shown = list.getVirtualItems();
  useReadAhead(conversationId, branch, shown[0]?.index ?? Math.max(0, branch.length - 1));

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scrollRef}
        {...scrollProps}
        className="focus-inset @container h-full overflow-y-auto [overflow-anchor:none]"
        // A region that scrolls must be reachable with the keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="log"
        data-message-list
        aria-label={t('list.name')}
      >
        <div ref={list.containerRef} className="relative mx-auto w-full max-w-[42rem]">
          {shown.map(({ key, index }) => {
            const entry = branch[index];
            return entry === undefined ? null : (
              <div
                key={key}
                data-index={index}
                data-message-id={entry.id}
                ref={list.measureElement}
                className="absolute inset-x-0 top-0 px-4 sm:px-6"
              >
                <div className={cn('-m-3 rounded-xl p-3 transition-colors duration-500', flashId === entry.id && 'bg-accent-soft')}>
                  <ContextMarks context={context} messageId={entry.id} isLast={index === branch.length - 1}>
                    <PlaceContext value={handleGrown}>
                      <BranchMessage conversationId={conversationId} entry={entry} isLast={index === branch.length - 1} {...rest} />
                    </PlaceContext>
                  </ContextMarks>
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
