import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsValues } from '../../../shared/contract/settings.ts';
import { Button } from '../../components/ui/button.tsx';
import { Card } from '../../components/ui/card.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Input } from '../../components/ui/input.tsx';
import { Select } from '../../components/ui/select.tsx';
import { SettingsRow, SettingsSection } from './settings-section.tsx';
import { useSaveSettings } from './use-save-settings.ts';

const modes = ['system', 'none', 'manual'] as const;

function isProxyUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '';
}

/** How Tally reaches the network: the system's proxy, none, or one set by hand. */
export function NetworkSection({ proxy }: { proxy: SettingsValues['proxy'] }) {
  const { t } = useTranslation('settings');
  const common = useTranslation('common').t;
  const save = useSaveSettings();
  // "By hand" is saved once it has an address; until then it is only chosen here.
  const [mode, setMode] = useState(proxy.mode);
  const [url, setUrl] = useState(proxy.mode === 'manual' ? proxy.url : '');
  const [isChecked, setIsChecked] = useState(false);
  const isSaved = proxy.mode === 'manual' && proxy.url === url;
  const error = isChecked && !isProxyUrl(url) ? t('network.urlWrong') : null;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsChecked(true);
    if (isProxyUrl(url)) save({ proxy: { mode: 'manual', url } });
  };
  return (
    <SettingsSection title={t('network.title')}>
      <Card className="divide-y">
        <SettingsRow label={t('network.proxy')}>
          <Select
            label={t('network.proxy')}
            value={mode}
            options={modes.map((value) => ({ value, label: t(`network.modes.${value}`) }))}
            onChange={(next) => {
              setMode(next);
              if (next !== 'manual') save({ proxy: { mode: next } });
            }}
          />
        </SettingsRow>
        {mode === 'manual' && (
          <form onSubmit={submit} noValidate className="flex items-start gap-2 px-4 py-3">
            <div className="flex-1">
              <Field label={t('network.url')} hint={t('network.urlHint')} error={error}>
                <Input type="url" value={url} maxLength={500} spellCheck={false} onChange={(event) => setUrl(event.target.value)} />
              </Field>
            </div>
            <Button type="submit" variant="primary" className="mt-6" disabled={isSaved}>
              {common('save')}
            </Button>
          </form>
        )}
      </Card>
    </SettingsSection>
  );
}
