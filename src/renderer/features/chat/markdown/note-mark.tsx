import { createContext, use } from 'react';
import { useTranslation } from 'react-i18next';

/** What tells the footnotes of one answer from those of another, in ids of the page. */
export const NotesContext = createContext('');

export function noteElementId(answerKey: string, number: number): string {
  return `${answerKey}-note-${String(number)}`;
}

/** Goes to an element and puts the focus there. */
export function goToElement(id: string): void {
  const element = document.getElementById(id);
  element?.scrollIntoView({ block: 'nearest' });
  element?.focus({ preventScroll: true });
}

/** A `[^id]` of an answer: leads to its footnote. */
export function NoteMark({ number }: { number: number }) {
  const { t } = useTranslation('markdown');
  const answerKey = use(NotesContext);
  return (
    <sup>
      <button
        type="button"
        className="note-mark"
        aria-label={t('note', { number })}
        onClick={() => goToElement(noteElementId(answerKey, number))}
      >
        {number}
      </button>
    </sup>
  );
}
