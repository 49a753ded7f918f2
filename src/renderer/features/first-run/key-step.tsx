import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/contract/chat.ts';
import type { Preset, PresetId } from '../../../shared/contract/providers.ts';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { KeyPageLink } from '../../components/key-page-link.tsx';
import { SecretInput } from '../../components/secret-input.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Input } from '../../components/ui/input.tsx';
import { Select } from '../../components/ui/select.tsx';
import { rpc } from '../../rpc/connection.ts';
import { queries } from '../../rpc/queries.ts';
import { StepFrame } from './step-frame.tsx';

/** Services whose address depends on the account, so it has to be seen. */
const askAddress: ReadonlySet<PresetId> = new Set(['azure', 'custom']);

interface KeyStepProps {
  onBack: () => void;
  onConnected: (providerId: string) => void;
}

/** Takes a key, stores the provider and tests it; goes on only when it answers. */
export function KeyStep({ onBack, onConnected }: KeyStepProps) {
  const { t } = useTranslation('firstRun');
  const settings = useTranslation('settings').t;
  const presets = useQuery(queries.presets()).data?.presets.filter(({ kind }) => kind === 'remote') ?? [];
  const protection = useQuery(queries.keyStorage()).data?.protection;
  const [presetId, setPresetId] = useState<PresetId>('openai');
  const [address, setAddress] = useState<string | null>(null);
  const [key, setKey] = useState('');
  const preset = presets.find(({ id }) => id === presetId);
  const baseUrl = address ?? preset?.baseUrl ?? '';

  const connect = useMutation<string, unknown, Preset>({
    async mutationFn(chosen) {
      const typedKey = key.trim();
      const provider = await rpc.call('providers.add', {
        preset: chosen.id,
        name: chosen.name,
        baseUrl,
        key: typedKey === '' ? null : typedKey,
      });
      const result = await rpc.call('providers.test', { providerId: provider.id });
      if (result.ok) return provider.id;
      // Nothing is left behind of an attempt that failed; the form still holds all of it.
      await rpc.call('providers.remove', { providerId: provider.id });
      throw new ConnectionFailed(result.failure ?? { code: 'INTERNAL' });
    },
    onSuccess: onConnected,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (preset !== undefined) connect.mutate(preset);
  };
  const needsKey = preset?.needsKey === true;
  return (
    <StepFrame title={t('key.title')} onBack={onBack}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={settings('form.preset')}>
          <Select
            value={presetId}
            options={presets.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(id) => {
              setPresetId(id);
              setAddress(null);
            }}
          />
        </Field>
        {askAddress.has(presetId) && (
          <Field label={settings('form.baseUrl')} hint={settings('form.baseUrlHint')}>
            <Input type="url" value={baseUrl} maxLength={2_000} spellCheck={false} onChange={(event) => setAddress(event.target.value)} />
          </Field>
        )}
        <Field
          label={settings(needsKey ? 'form.key' : 'form.keyOptional')}
          hint={
            <>
              {protection === undefined || protection === 'none' ? settings('form.keyHint') : settings(`keys.${protection}`)}{' '}
              {preset !== undefined && <KeyPageLink preset={preset} />}
            </>
          }
        >
          <SecretInput value={key} onChange={setKey} showLabel={settings('form.keyShow')} hideLabel={settings('form.keyHide')} />
        </Field>
        {connect.isError && (
          <ErrorMessage failure={connect.error instanceof ConnectionFailed ? connect.error.failure : failureOf(connect.error)} />
        )}
        <Button
          type="submit"
          variant="primary"
          size="lg"
          busy={connect.isPending}
          disabled={preset === undefined || baseUrl.trim() === '' || (needsKey && key.trim() === '')}
        >
          {t(connect.isPending ? 'key.testing' : 'key.submit')}
        </Button>
      </form>
    </StepFrame>
  );
}

/** The provider does not answer as it should. */
class ConnectionFailed extends Error {
  override readonly name = 'ConnectionFailed';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}
