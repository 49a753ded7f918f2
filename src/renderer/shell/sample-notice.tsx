import { useQuery } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { queries } from '../rpc/queries.ts';

/** Says above everything else that what is shown is made up, in a profile of sample data. */
export function SampleNotice() {
  const { t } = useTranslation('shell');
  const info = useQuery(queries.appInfo());
  if (info.data?.isSample !== true) return null;
  return (
    <p role="note" className="flex shrink-0 items-center justify-center gap-2 border-b bg-accent-soft px-4 py-1.5 text-sm text-ink">
      <FlaskConical className="size-4 shrink-0 text-accent" aria-hidden />
      <span>
        <strong className="font-semibold">{t('sample.title')}</strong> {t('sample.body')}
      </span>
    </p>
  );
}
