import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Provider } from '../../shared/contract/providers.ts';
import { mutation, queries } from '../rpc/queries.ts';
import { ErrorMessage } from './error-message.tsx';
import { failureOf } from './error-sentence.ts';
import { Alert } from './ui/alert.tsx';
import { Button } from './ui/button.tsx';

interface EnvironmentOfferProps {
  onImported?: (provider: Provider) => void;
  className?: string;
}

/** Offers a key found in the environment. It is not used before someone says so. */
export function EnvironmentOffer({ onImported, className }: EnvironmentOfferProps) {
  const { t } = useTranslation('common');
  const offer = useQuery(queries.environmentOffer()).data;
  const importIt = useMutation({ ...mutation('providers.importEnvironment'), onSuccess: (provider) => onImported?.(provider) });
  if (offer?.hasKey !== true || importIt.isSuccess) return null;
  return (
    <div className={className}>
      <Alert
        title={t('environment.title')}
        action={
          <Button size="sm" busy={importIt.isPending} onClick={() => importIt.mutate(undefined)}>
            {t('environment.use')}
          </Button>
        }
      >
        {offer.baseUrl === null ? t('environment.body') : t('environment.bodyWithUrl', { baseUrl: offer.baseUrl })}
      </Alert>
      {importIt.isError && <ErrorMessage className="mt-2" failure={failureOf(importIt.error)} />}
    </div>
  );
}
