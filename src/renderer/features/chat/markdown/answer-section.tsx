import { memo, startTransition, use, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { estimateSectionHeight, type AnswerSection } from './answer-sections.ts';
import { MarkdownBlockView } from './markdown-block.tsx';
import { scrollerOf, watchNearView } from './near-view.ts';
import { PlaceContext } from './place-context.ts';

interface AnswerSectionProps {
  section: AnswerSection;
  definitions: string;
  noteIds: readonly string[];
  /** The first is what one sees when an answer is jumped to. */
  isFirst: boolean;
  /** The last may still be written. */
  isLast: boolean;
  /** The whole answer is wanted, near or not. */
  isWhole: boolean;
}

/** Some blocks of an answer. Far from what is in view only their room is kept, as high as they were. */
export const AnswerSectionView = memo(function AnswerSectionView(props: AnswerSectionProps) {
  const { section, definitions, noteIds, isFirst, isLast, isWhole } = props;
  const ref = useRef<HTMLDivElement>(null);
  const [isNear, setIsNear] = useState(isFirst || isLast);
  /** As it was last seen, in pixels. */
  const [seenHeight, setSeenHeight] = useState<number | null>(null);
  const isDrawn = isNear || isLast || isWhole || section.isKept;
  const keptHeight = isDrawn ? null : (seenHeight ?? estimateSectionHeight(section));
  useHeldPlace(ref, keptHeight);

  useEffect(() => {
    const element = ref.current;
    const scroller = element === null ? null : scrollerOf(element);
    // Where nothing scrolls, all of it is near.
    if (element === null || scroller === null) return startTransition(() => setIsNear(true));
    return watchNearView(element, scroller, ({ isIntersecting, boundingClientRect }) => {
      if (!isIntersecting && isInUse(element)) return;
      startTransition(() => {
        setIsNear(isIntersecting);
        if (!isIntersecting) setSeenHeight(boundingClientRect.height);
      });
    });
  }, []);

  return (
    <div ref={ref} className="markdown-section" style={keptHeight === null ? undefined : { height: keptHeight }}>
      {isDrawn &&
        section.blocks.map((block, index) => (
          <MarkdownBlockView
            key={block.start}
            kind={block.kind}
            text={block.text}
            definitions={block.text.includes('[') ? definitions : ''}
            noteIds={noteIds}
            isLast={isLast && index === section.blocks.length - 1}
          />
        ))}
    </div>
  );
});

/** Holds what is read where it is when a section above it is drawn that is not as high as the room that was kept for it. */
function useHeldPlace(ref: RefObject<HTMLElement | null>, keptHeight: number | null): void {
  const holdPlace = use(PlaceContext);
  const before = useRef(keptHeight);
  useLayoutEffect(() => {
    const kept = before.current;
    before.current = keptHeight;
    const element = ref.current;
    const scroller = element === null ? null : scrollerOf(element);
    if (kept === null || keptHeight !== null || element === null || scroller === null) return;
    const { top, height } = element.getBoundingClientRect();
    if (top + kept <= scroller.getBoundingClientRect().top) holdPlace(element, height - kept);
  }, [ref, keptHeight, holdPlace]);
}

/** Whether some of it is selected, or has the focus: neither may be lost. */
function isInUse(element: Element): boolean {
  const selection = document.getSelection();
  return element.contains(document.activeElement) || (selection?.isCollapsed === false && selection.containsNode(element, true));
}
