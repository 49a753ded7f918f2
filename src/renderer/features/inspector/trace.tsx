import { useTranslation } from 'react-i18next';
import type { Message } from '../../../shared/contract/chat.ts';
import { openInspector, type InspectorSubject } from '../../navigation/inspector-store.ts';
import { useFormat } from '../../lib/format.ts';

/** How the passages were found: the question as it was searched for, and each passage's rank in either search. */
export function TracePanel({ subject, message }: { subject: InspectorSubject; message: Message }) {
  const { t } = useTranslation('shell');
  const { count } = useFormat();
  const rank = (value: number | null) => (value === null ? <span className="text-faint">–</span> : count(value));
  return (
    <div className="flex flex-col gap-5 overflow-y-auto p-4">
      <section className="flex flex-col gap-1">
        <h3 className="text-xs font-medium text-faint">{t('trace.question')}</h3>
        <p className="wrap-anywhere">{message.condensedQuestion ?? t('trace.notRewritten')}</p>
      </section>
      <section className="flex flex-col gap-1">
        <h3 className="text-xs font-medium text-faint">{t('trace.passages')}</h3>
        {message.sources.length === 0 ? (
          <p className="text-muted">{t('sources.none')}</p>
        ) : (
          <table className="w-full text-sm tabular">
            <thead className="text-left text-muted">
              <tr className="[&>th]:border-b [&>th]:py-1 [&>th]:pr-2 [&>th]:font-normal">
                <th scope="col">{t('trace.passage')}</th>
                <th scope="col" className="text-right">
                  {t('trace.keyword')}
                </th>
                <th scope="col" className="pr-0! text-right">
                  {t('trace.meaning')}
                </th>
              </tr>
            </thead>
            <tbody>
              {message.sources.map((source) => (
                <tr key={source.ordinal} className="[&>*]:border-b [&>*]:py-1.5 [&>*]:pr-2">
                  <th scope="row" className="max-w-0 w-full text-left font-normal">
                    <button
                      type="button"
                      className="block max-w-full truncate rounded text-left hover:text-accent"
                      onClick={() => openInspector(subject, 'sources', source.ordinal)}
                    >
                      [{source.ordinal}] {source.documentName}
                      {source.page !== null && ` · ${t('sources.page', { page: source.page })}`}
                    </button>
                    {source.headingPath.length > 0 && (
                      <span className="block truncate text-xs text-faint">{source.headingPath.join(' › ')}</span>
                    )}
                  </th>
                  <td className="text-right">{rank(source.keywordRank)}</td>
                  <td className="pr-0! text-right">{rank(source.vectorRank)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {message.sources.length > 0 && <p className="pt-1 text-xs text-pretty text-faint">{t('trace.hint')}</p>}
      </section>
    </div>
  );
}
