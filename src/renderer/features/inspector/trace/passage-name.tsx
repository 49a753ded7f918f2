import { useTranslation } from 'react-i18next';
import type { TracedPassage } from '../../../../shared/contract/trace.ts';

/** The document a passage is in, and its page. */
export function PassageName({ passage }: { passage: Pick<TracedPassage, 'documentName' | 'page'> }) {
  const { t } = useTranslation('shell');
  return (
    <span className="flex min-w-0 gap-1.5">
      <span className="min-w-0 truncate" title={passage.documentName}>
        {passage.documentName}
      </span>
      {passage.page !== null && <span className="shrink-0 text-muted tabular">{t('sources.page', { page: passage.page })}</span>}
    </span>
  );
}
