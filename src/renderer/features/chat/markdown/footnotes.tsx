import { use } from 'react';
import { useTranslation } from 'react-i18next';
import type { Footnote } from './answer-parts.ts';
import { MarkdownBlockView } from './markdown-block.tsx';
import { noteElementId, NotesContext } from './note-mark.tsx';

const noNotes: readonly string[] = [];

/** The footnotes of an answer, below it. */
export function Footnotes({ notes, definitions }: { notes: readonly Footnote[]; definitions: string }) {
  const { t } = useTranslation('markdown');
  const answerKey = use(NotesContext);
  return (
    <section className="footnotes" aria-label={t('notes')}>
      <ol>
        {notes.map(({ id, text }, index) => (
          <li key={id} id={noteElementId(answerKey, index + 1)} tabIndex={-1}>
            <MarkdownBlockView
              kind="markdown"
              text={text}
              definitions={definitions}
              noteIds={noNotes}
              isLast={index === notes.length - 1}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}
