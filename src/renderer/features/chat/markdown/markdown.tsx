import { memo, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/ui/button.tsx';
import { useFormat } from '../../../lib/format.ts';
import { createAnswerReader } from './answer-parts.ts';
import { AnswerSectionView } from './answer-section.tsx';
import { createSectioner, type AnswerSection } from './answer-sections.ts';
import { Footnotes } from './footnotes.tsx';
import { NotesContext } from './note-mark.tsx';
import { LinkPanel } from './outside-link.tsx';
import { useIsPrinting } from './use-is-printing.ts';
import './markdown.css';

/** How much is drawn at first, from the end, and how much more each time one asks for it: two to three times the longest answers. */
const shownChars = 200_000;

/**
 * Text of a model as Markdown, while it streams and after: the same pipeline both times, so that what was safe to look at
 * while it came stays what one sees later. Split into blocks of which only the last changes while it is written, and only those
 * near what is in view are drawn. No HTML, no remote content, no link without a question. `isWhole`: all of it is drawn.
 */
export const Markdown = memo(function Markdown({ text, isWhole = false }: { text: string; isWhole?: boolean }) {
  const { t } = useTranslation('markdown');
  const format = useFormat();
  const read = useMemo(() => createAnswerReader(), []);
  const toSections = useMemo(() => createSectioner(), []);
  const { blocks, definitions, notes } = read(text);
  const sections = toSections(blocks);
  const noteIds = useNoteIds(notes.map(({ id }) => id));
  const answerKey = useId();
  const [limit, setLimit] = useState(shownChars);
  const isPrinting = useIsPrinting();
  const hidden = sections.slice(0, countHidden(sections, limit));
  const hiddenCount = hidden.reduce((count, section) => count + section.blocks.length, 0);
  return (
    <NotesContext value={answerKey}>
      <LinkPanel>
        <div className="markdown">
          {hiddenCount > 0 && (
            <Button size="sm" onClick={() => setLimit(limit + shownChars)}>
              {t('showEarlier', { count: hiddenCount, formatted: format.count(hiddenCount) })}
            </Button>
          )}
          {sections.slice(hidden.length).map((section, index, shown) => (
            <AnswerSectionView
              key={section.start}
              section={section}
              definitions={definitions}
              noteIds={noteIds}
              isFirst={index === 0}
              isLast={index === shown.length - 1}
              isWhole={isWhole || isPrinting}
            />
          ))}
          {notes.length > 0 && <Footnotes notes={notes} definitions={definitions} />}
        </div>
      </LinkPanel>
    </NotesContext>
  );
});

/** How many sections from the first lie before the last `limit` code units. */
function countHidden(sections: readonly AnswerSection[], limit: number): number {
  let shown = 0;
  const isBefore = ({ blocks }: AnswerSection): boolean => (shown += blocks.reduce((sum, { text }) => sum + text.length, 0)) > limit;
  return 1 + sections.findLastIndex((section, index) => isBefore(section) && index < sections.length - 1);
}

/** The same list for as long as it says the same. */
function useNoteIds(ids: readonly string[]): readonly string[] {
  const key = ids.join('\n');
  return useMemo(() => (key === '' ? [] : key.split('\n')), [key]);
}
