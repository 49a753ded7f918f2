import { memo, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/ui/button.tsx';
import { useFormat } from '../../../lib/format.ts';
import { createAnswerReader } from './answer-parts.ts';
import { Footnotes } from './footnotes.tsx';
import { MarkdownBlockView } from './markdown-block.tsx';
import { NotesContext } from './note-mark.tsx';
import { LinkPanel } from './outside-link.tsx';
import type { MarkdownBlock } from './split-blocks.ts';
import './markdown.css';

/** How much is drawn at first, from the end, and how much more each time one asks for it: two to three times the longest answers. */
const shownChars = 200_000;
/** From so many blocks on, those out of sight are neither laid out nor painted: an answer of some five screens. */
const longAnswerBlocks = 60;

/**
 * Text of a model as Markdown, while it streams and after: the same pipeline both times, so that what was safe to look at
 * while it came stays what one sees later. Split into blocks of which only the last changes while it is written. No HTML, no
 * remote content, no link without a question.
 */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  const { t } = useTranslation('markdown');
  const format = useFormat();
  const read = useMemo(() => createAnswerReader(), []);
  const { blocks, definitions, notes } = read(text);
  const noteIds = useNoteIds(notes.map(({ id }) => id));
  const answerKey = useId();
  const [limit, setLimit] = useState(shownChars);
  const hiddenCount = countHidden(blocks, limit);
  return (
    <NotesContext value={answerKey}>
      <LinkPanel>
        <div className={blocks.length > longAnswerBlocks ? 'markdown markdown-long' : 'markdown'}>
          {hiddenCount > 0 && (
            <Button size="sm" onClick={() => setLimit(limit + shownChars)}>
              {t('showEarlier', { count: hiddenCount, formatted: format.count(hiddenCount) })}
            </Button>
          )}
          {blocks.slice(hiddenCount).map((block, index) => (
            <MarkdownBlockView
              key={block.start}
              kind={block.kind}
              text={block.text}
              definitions={block.text.includes('[') ? definitions : ''}
              noteIds={noteIds}
              isLast={hiddenCount + index === blocks.length - 1}
            />
          ))}
          {notes.length > 0 && <Footnotes notes={notes} definitions={definitions} />}
        </div>
      </LinkPanel>
    </NotesContext>
  );
});

/** How many blocks from the first lie before the last `limit` code units. */
function countHidden(blocks: readonly MarkdownBlock[], limit: number): number {
  let shown = 0;
  return 1 + blocks.findLastIndex(({ text }, index) => (shown += text.length) > limit && index < blocks.length - 1);
}

/** The same list for as long as it says the same. */
function useNoteIds(ids: readonly string[]): readonly string[] {
  const key = ids.join('\n');
  return useMemo(() => (key === '' ? [] : key.split('\n')), [key]);
}
