import { useTranslation } from 'react-i18next';

/** The box of a task in an answer: says whether it is done, and cannot be changed. */
export function TaskMark({ isDone }: { isDone: boolean }) {
  const { t } = useTranslation('chat');
  return <input type="checkbox" checked={isDone} readOnly disabled aria-label={t(isDone ? 'task.done' : 'task.open')} />;
}
