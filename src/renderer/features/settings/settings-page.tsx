import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { Page } from '../../components/page.tsx';
import { Skeleton } from '../../components/ui/skeleton.tsx';
import { queries } from '../../rpc/queries.ts';
import { AboutSection } from './about-section.tsx';
import { BudgetsSection } from './budgets-section.tsx';
import { DataSection } from './data/data-section.tsx';
import { GeneralSection } from './general-section.tsx';
import { KeyStorageSection } from './key-storage-section.tsx';
import { NetworkSection } from './network-section.tsx';
import { ProvidersSection } from './providers-section.tsx';

/** Providers and their keys, how Tally looks and speaks, how it reaches the network. Every change takes effect at once. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  const values = useQuery(queries.settings());
  return (
    <Page title={t('title')} width="narrow">
      <ProvidersSection />
      <KeyStorageSection />
      <BudgetsSection />
      {values.isPending && <Skeleton className="mb-9 h-60 w-full" />}
      {values.isError && <ErrorMessage className="mb-9" failure={failureOf(values.error)} onRetry={() => void values.refetch()} />}
      {values.data !== undefined && (
        <>
          <GeneralSection values={values.data} />
          <NetworkSection proxy={values.data.proxy} />
        </>
      )}
      <DataSection />
      <AboutSection />
    </Page>
  );
}
