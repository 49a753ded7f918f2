import { useTranslation } from 'react-i18next';
import type { ImportPreview } from '../../../../shared/contract/imports.ts';
import { Alert } from '../../../components/ui/alert.tsx';
import { useFormat } from '../../../lib/format.ts';

/** What a file holds, before anything of it is added. */
export function ImportSummary({ fileName, preview }: { fileName: string; preview: ImportPreview }) {
  const { t } = useTranslation('portable');
  const format = useFormat();
  const { source, newCount, presentCount, from, to, missingImageCount, brokenCount, broken } = preview;
  const counted = (count: number) => ({ count, formatted: format.count(count) });
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-muted wrap-anywhere">{t(`import.from.${source}`, { name: fileName })}</p>
      <div>
        <p className="text-lg font-semibold">{t('import.new', counted(newCount))}</p>
        {from !== null && to !== null && <p className="text-muted">{`${format.dateTime(from)} – ${format.dateTime(to)}`}</p>}
      </div>
      {presentCount > 0 && <p>{t('import.present', counted(presentCount))}</p>}
      {missingImageCount > 0 && <p>{t('import.missingImages', counted(missingImageCount))}</p>}
      {brokenCount > 0 && (
        <Alert tone="warn" title={t('import.broken', counted(brokenCount))}>
          <ul className="mt-1 flex flex-col gap-1">
            {broken.map(({ ordinal, title, problem }) => (
              <li key={ordinal} className="wrap-anywhere">
                {title === null || title === '' ? t('import.numbered', { formatted: format.count(ordinal) }) : title}
                {': '}
                {t(`import.problem.${problem}`)}
              </li>
            ))}
          </ul>
          {brokenCount > broken.length && <p>{t('import.moreBroken', counted(brokenCount - broken.length))}</p>}
        </Alert>
      )}
    </div>
  );
}
