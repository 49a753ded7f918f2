import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { EllipsisVertical, KeyRound, Pencil, RefreshCw, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { Provider } from '../../../shared/contract/providers.ts';
import { ConnectionResult } from '../../components/connection-result.tsx';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { Badge } from '../../components/ui/badge.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Dialog } from '../../components/ui/dialog.tsx';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../components/ui/menu.tsx';
import { useFormat } from '../../lib/format.ts';
import { mutation, queries } from '../../rpc/queries.ts';
import { EditProviderDialog } from './edit-provider-dialog.tsx';
import { KeyDialog } from './key-dialog.tsx';

function KeyBadge({ provider, isLocked }: { provider: Provider; isLocked: boolean }) {
  const { t } = useTranslation('settings');
  if (provider.kind === 'demo') return <Badge>{t('providers.demo')}</Badge>;
  if (provider.hasKey && isLocked && provider.keyProtection === 'passphrase') return <Badge tone="warn">{t('providers.locked')}</Badge>;
  if (provider.hasKey && provider.keyProtection === 'session') return <Badge tone="warn">{t('providers.keyInMemory')}</Badge>;
  if (provider.hasKey) return <Badge tone="ok">{t('providers.keyStored')}</Badge>;
  if (provider.needsKey) return <Badge tone="warn">{t('providers.keyMissing')}</Badge>;
  return <Badge>{t(provider.kind === 'local' ? 'providers.local' : 'providers.noKeyNeeded')}</Badge>;
}

function ModelCount({ provider }: { provider: Provider }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const models = useQuery(queries.models(provider.id));
  if (models.isPending) return null;
  if (models.isError) return <span>{t('providers.modelsFailed')}</span>;
  const { length } = models.data.models;
  return <span>{t('providers.models', { count: length, formatted: format.count(length) })}</span>;
}

function RemoveDialog({ provider, onClose }: { provider: Provider; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const common = useTranslation('common').t;
  const sentenceOf = useErrorSentence();
  const remove = useMutation({
    ...mutation('providers.remove'),
    onSuccess: onClose,
    onError: (error) => void toast.error(sentenceOf(failureOf(error)).title),
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('providers.removeTitle', { name: provider.name })}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="danger" busy={remove.isPending} onClick={() => remove.mutate({ providerId: provider.id })}>
            {common('remove')}
          </Button>
        </>
      }
    >
      <p>{t('providers.removeBody')}</p>
    </Dialog>
  );
}

type OpenDialog = 'edit' | 'key' | 'remove' | null;

interface MoreMenuProps {
  provider: Provider;
  onOpen: (dialog: OpenDialog) => void;
}

function MoreMenu({ provider, onOpen }: MoreMenuProps) {
  const { t } = useTranslation('settings');
  const common = useTranslation('common').t;
  const client = useQueryClient();
  const sentenceOf = useErrorSentence();
  const onError = (error: unknown) => void toast.error(sentenceOf(failureOf(error)).title);
  const refresh = useMutation({ ...mutation('providers.models'), onError });
  const clearKey = useMutation({ ...mutation('providers.clearKey'), onError });
  const refreshModels = () =>
    refresh.mutate(
      { providerId: provider.id, refresh: true },
      { onSuccess: (models) => client.setQueryData(queries.models(provider.id).queryKey, models) },
    );
  const erase = () =>
    clearKey.mutate({ providerId: provider.id }, { onSuccess: () => void toast(t('key.cleared', { name: provider.name })) });
  return (
    <Menu
      trigger={
        <IconButton label={t('providers.actionsFor', { name: provider.name })} size="sm">
          <EllipsisVertical className="size-4" aria-hidden />
        </IconButton>
      }
    >
      <MenuItem icon={<Pencil aria-hidden />} onSelect={() => onOpen('edit')}>
        {common('edit')}
      </MenuItem>
      <MenuItem icon={<RefreshCw aria-hidden />} onSelect={refreshModels}>
        {t('providers.refresh')}
      </MenuItem>
      <MenuItem icon={<KeyRound aria-hidden />} onSelect={() => onOpen('key')}>
        {t(provider.hasKey ? 'key.replace' : 'key.set')}
      </MenuItem>
      {provider.hasKey && (
        <MenuItem icon={<X aria-hidden />} onSelect={erase}>
          {t('key.clear')}
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={() => onOpen('remove')}>
        {common('remove')}
      </MenuItem>
    </Menu>
  );
}

/** One provider: what it is, whether it has its key, whether it answers. */
export function ProviderCard({ provider, isLocked }: { provider: Provider; isLocked: boolean }) {
  const { t } = useTranslation('settings');
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const test = useMutation(mutation('providers.test'));
  const close = () => setDialog(null);
  const isMissingKey = provider.needsKey && !provider.hasKey;
  const failedTest = test.isError ? { ok: false, failure: failureOf(test.error), modelCount: null, durationMs: 0 } : null;
  const result = test.data ?? failedTest;
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-52 flex-1">
          <p className="flex items-center gap-2">
            <span className="truncate font-medium">{provider.name}</span>
            <KeyBadge provider={provider} isLocked={isLocked} />
          </p>
          <p className="flex min-w-0 gap-1.5 text-sm text-muted">
            {provider.kind !== 'demo' && <span className="truncate">{`${provider.baseUrl} ·`}</span>}
            <ModelCount provider={provider} />
          </p>
        </div>
        <div className="flex items-center gap-1">
          {isMissingKey ? (
            <Button size="sm" variant="primary" onClick={() => setDialog('key')}>
              {t('key.set')}
            </Button>
          ) : (
            <Button size="sm" busy={test.isPending} onClick={() => test.mutate({ providerId: provider.id })}>
              {t(test.isPending ? 'providers.testing' : 'providers.test')}
            </Button>
          )}
          {/* The demo is part of Tally: nothing about it can be set or taken away. */}
          {provider.kind !== 'demo' && <MoreMenu provider={provider} onOpen={setDialog} />}
        </div>
      </div>
      {result !== null && !test.isPending && <ConnectionResult result={result} className="mt-3" />}
      {dialog === 'edit' && <EditProviderDialog provider={provider} onClose={close} />}
      {dialog === 'key' && <KeyDialog provider={provider} onClose={close} />}
      {dialog === 'remove' && <RemoveDialog provider={provider} onClose={close} />}
    </li>
  );
}
