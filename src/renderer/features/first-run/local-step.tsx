import { useMutation, useQuery } from '@tanstack/react-query';
import { Server } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PresetId } from '../../../shared/contract/providers.ts';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { Alert } from '../../components/ui/alert.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Card } from '../../components/ui/card.tsx';
import { Spinner } from '../../components/ui/spinner.tsx';
import { useFormat } from '../../lib/format.ts';
import { mutation, queries } from '../../rpc/queries.ts';
import { StepFrame } from './step-frame.tsx';

interface Found {
  readonly preset: PresetId;
  readonly baseUrl: string;
  readonly modelCount: number;
}

interface LocalStepProps {
  onBack: () => void;
  onConnected: (providerId: string) => void;
}

/** Looks for model servers on this computer and takes the one that is chosen. */
export function LocalStep({ onBack, onConnected }: LocalStepProps) {
  const { t } = useTranslation('firstRun');
  const presets = useQuery(queries.presets()).data?.presets ?? [];
  // Servers come and go: asked anew every time someone stands here.
  const search = useQuery({ ...queries.localServers(), staleTime: 0, gcTime: 0 });
  const providers = useQuery(queries.providers()).data?.providers ?? [];
  const add = useMutation({ ...mutation('providers.add'), onSuccess: (provider) => onConnected(provider.id) });
  const nameOf = (preset: PresetId) => presets.find(({ id }) => id === preset)?.name ?? preset;
  const take = ({ preset, baseUrl }: Found) => {
    const known = providers.find((provider) => provider.baseUrl === baseUrl);
    if (known === undefined) add.mutate({ preset, name: nameOf(preset), baseUrl });
    else onConnected(known.id);
  };
  const found = search.data?.found ?? [];
  return (
    <StepFrame title={t('local.title')} onBack={onBack}>
      {search.isFetching ? (
        <output className="flex items-center gap-2 text-muted">
          <Spinner />
          {t('local.looking')}
        </output>
      ) : (
        <div className="flex flex-col gap-4">
          {search.isError && <ErrorMessage failure={failureOf(search.error)} />}
          {found.length > 0 && (
            <Card>
              <ul aria-label={t('local.found')} className="divide-y">
                {found.map((server) => (
                  <FoundServer
                    key={server.baseUrl}
                    server={server}
                    name={nameOf(server.preset)}
                    isBusy={add.isPending}
                    onUse={() => take(server)}
                  />
                ))}
              </ul>
            </Card>
          )}
          {search.isSuccess && found.length === 0 && <Alert title={t('local.nothing')}>{t('local.nothingHelp')}</Alert>}
          {add.isError && <ErrorMessage failure={failureOf(add.error)} />}
          <Button className="self-start" onClick={() => void search.refetch()}>
            {t('local.again')}
          </Button>
        </div>
      )}
    </StepFrame>
  );
}

interface FoundServerProps {
  server: Found;
  name: string;
  isBusy: boolean;
  onUse: () => void;
}

function FoundServer({ server, name, isBusy, onUse }: FoundServerProps) {
  const { t } = useTranslation('firstRun');
  const settings = useTranslation('settings').t;
  const format = useFormat();
  const count = settings('providers.models', { count: server.modelCount, formatted: format.count(server.modelCount) });
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <Server className="size-4 shrink-0 text-muted" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{name}</p>
        <p className="truncate text-sm text-muted">{server.modelCount === 0 ? t('local.noModels') : `${server.baseUrl} · ${count}`}</p>
      </div>
      <Button size="sm" variant="primary" busy={isBusy} disabled={server.modelCount === 0} onClick={onUse}>
        {t('local.use')}
      </Button>
    </li>
  );
}
