import { useMutation, useQuery } from '@tanstack/react-query';
import { KeyRound, LockKeyhole } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { KeyStorage } from '../../../shared/contract/settings.ts';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { SecretInput } from '../../components/secret-input.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Card } from '../../components/ui/card.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Skeleton } from '../../components/ui/skeleton.tsx';
import { mutation, queries } from '../../rpc/queries.ts';
import { PassphraseDialog } from './passphrase-dialog.tsx';
import { SettingsSection } from './settings-section.tsx';

function Unlock() {
  const { t } = useTranslation('settings');
  const sentenceOf = useErrorSentence();
  const [passphrase, setPassphrase] = useState('');
  const unlock = useMutation(mutation('keys.unlock'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    unlock.mutate({ passphrase }, { onSuccess: () => void toast.success(t('keys.unlocked')) });
  };
  const sentence = unlock.isError ? sentenceOf(failureOf(unlock.error)) : null;
  return (
    <form onSubmit={submit} className="flex items-start gap-2 border-t px-4 py-3">
      <div className="max-w-80 flex-1">
        <Field label={t('keys.passphrase_label')} error={sentence?.text ?? null}>
          <SecretInput value={passphrase} onChange={setPassphrase} showLabel={t('form.keyShow')} hideLabel={t('form.keyHide')} />
        </Field>
      </div>
      <Button type="submit" variant="primary" className="mt-6" busy={unlock.isPending} disabled={passphrase === ''}>
        {t('keys.unlock')}
      </Button>
    </form>
  );
}

function Storage({ storage }: { storage: KeyStorage }) {
  const { t } = useTranslation('settings');
  const [isSetting, setIsSetting] = useState(false);
  const hasPassphrase = storage.protection === 'passphrase';
  const Icon = storage.locked ? LockKeyhole : KeyRound;
  const setTitle = t(hasPassphrase ? 'keys.changePassphrase' : 'keys.setPassphrase');
  return (
    <Card>
      <div className="flex flex-wrap items-start gap-3 px-4 py-3">
        <Icon className="mt-0.5 size-4 shrink-0 text-muted" aria-hidden />
        <div className="min-w-60 flex-1 text-pretty">
          <p>{storage.locked ? t('keys.locked') : t(`keys.${storage.protection}`)}</p>
          <p className="mt-0.5 text-sm text-muted">
            {t('keys.never')}
            {storage.backend !== null && ` ${t('keys.backend', { backend: storage.backend })}`}
          </p>
        </div>
        {storage.canUsePassphrase && !storage.locked && (
          <Button size="sm" onClick={() => setIsSetting(true)}>
            {setTitle}
          </Button>
        )}
      </div>
      {storage.locked && <Unlock />}
      {isSetting && <PassphraseDialog title={setTitle} onClose={() => setIsSetting(false)} />}
    </Card>
  );
}

/** How keys are kept on this computer, in words, and the passphrase where one is used. */
export function KeyStorageSection() {
  const { t } = useTranslation('settings');
  const storage = useQuery(queries.keyStorage());
  const info = useQuery(queries.appInfo());
  if (info.data?.isSample === true) {
    return (
      <SettingsSection title={t('keys.title')}>
        <Card className="px-4 py-3 text-pretty">{t('keys.sample')}</Card>
      </SettingsSection>
    );
  }
  return (
    <SettingsSection title={t('keys.title')}>
      {storage.isPending && <Skeleton className="h-16 w-full" />}
      {storage.isError && <ErrorMessage failure={failureOf(storage.error)} onRetry={() => void storage.refetch()} />}
      {storage.data !== undefined && <Storage storage={storage.data} />}
    </SettingsSection>
  );
}
