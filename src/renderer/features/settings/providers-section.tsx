import { useMutation, useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EnvironmentOffer } from '../../components/environment-offer.tsx';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { Button } from '../../components/ui/button.tsx';
import { Card } from '../../components/ui/card.tsx';
import { Skeleton } from '../../components/ui/skeleton.tsx';
import { mutation, queries } from '../../rpc/queries.ts';
import { AddProviderDialog } from './add-provider-dialog.tsx';
import { ProviderCard } from './provider-card.tsx';
import { SettingsSection } from './settings-section.tsx';

/** The services models run on: list, add, test, edit. */
export function ProvidersSection() {
  const { t } = useTranslation('settings');
  const [isAdding, setIsAdding] = useState(false);
  const list = useQuery(queries.providers());
  const isLocked = useQuery(queries.keyStorage()).data?.locked === true;
  const models = useMutation(mutation('providers.models'));
  return (
    <SettingsSection
      title={t('providers.title')}
      description={t('providers.description')}
      action={
        <Button size="sm" onClick={() => setIsAdding(true)}>
          <Plus className="size-4" aria-hidden />
          {t('providers.add')}
        </Button>
      }
    >
      <EnvironmentOffer className="mb-3" />
      {list.isPending && <Skeleton className="h-40 w-full" />}
      {list.isError && <ErrorMessage failure={failureOf(list.error)} onRetry={() => void list.refetch()} />}
      {list.data !== undefined && (
        <Card>
          {list.data.providers.length === 0 ? (
            <p className="px-4 py-6 text-center text-muted">{t('providers.empty')}</p>
          ) : (
            <ul className="divide-y">
              {list.data.providers.map((provider) => (
                <ProviderCard key={provider.id} provider={provider} isLocked={isLocked} />
              ))}
            </ul>
          )}
        </Card>
      )}
      {isAdding && (
        <AddProviderDialog onClose={() => setIsAdding(false)} onAdded={(providerId) => models.mutate({ providerId, refresh: true })} />
      )}
    </SettingsSection>
  );
}
