import { useTranslation } from 'react-i18next';
import type { SettingsValues } from '../../../shared/contract/settings.ts';
import { IndexingLimit } from '../../components/indexing-limit.tsx';
import { Card } from '../../components/ui/card.tsx';
import { Combobox } from '../../components/ui/combobox.tsx';
import { shortcutText } from '../../components/ui/kbd.tsx';
import { Select } from '../../components/ui/select.tsx';
import { Switch } from '../../components/ui/switch.tsx';
import { keyOfRef, useChatModelChoices } from '../../components/model-options.ts';
import { SettingsRow, SettingsSection } from './settings-section.tsx';
import { NotifySwitch } from './notify-switch.tsx';
import { useSaveSettings } from './use-save-settings.ts';

const themes = ['system', 'light', 'dark'] as const;
const fontSizes = [12, 13, 14, 15, 16, 18, 20] as const;
const sendKeys = ['enter', 'mod_enter'] as const;
const languages = ['system', 'en', 'ja'] as const;

/** Appearance, language, the model new chats begin with, when indexing asks first, titles, how exact the cost of a stopped answer is to be. */
export function GeneralSection({ values }: { values: SettingsValues }) {
  const { t } = useTranslation('settings');
  const passages = useTranslation('passages').t;
  const save = useSaveSettings();
  const choices = useChatModelChoices();
  const { defaultModel } = values;
  const chosen = defaultModel === null ? null : keyOfRef(defaultModel);
  const options = choices.map(({ option }) => option);
  // A provider that is away does not name its models; what was chosen is shown all the same.
  const isListed = chosen === null || options.some(({ value }) => value === chosen);
  const listed = isListed || defaultModel === null ? options : [{ value: keyOfRef(defaultModel), label: defaultModel.modelId }, ...options];
  return (
    <SettingsSection title={t('general.title')}>
      <Card className="divide-y">
        <SettingsRow label={t('general.theme')}>
          <Select
            label={t('general.theme')}
            value={values.theme}
            options={themes.map((value) => ({ value, label: t(`general.themes.${value}`) }))}
            onChange={(theme) => save({ theme })}
          />
        </SettingsRow>
        <SettingsRow label={t('general.fontSize')}>
          <Select
            label={t('general.fontSize')}
            value={String(values.fontSizePx)}
            options={fontSizes.map((size) => ({ value: String(size), label: t('general.fontSizePx', { size }) }))}
            onChange={(size) => save({ fontSizePx: Number(size) })}
          />
        </SettingsRow>
        <SettingsRow label={t('general.language')}>
          <Select
            label={t('general.language')}
            value={values.locale}
            options={languages.map((value) => ({ value, label: t(`general.languages.${value}`) }))}
            onChange={(locale) => save({ locale })}
          />
        </SettingsRow>
        <SettingsRow label={t('general.sendKey')} hint={t(`general.sendKeyHints.${values.sendKey}`)}>
          <Select
            label={t('general.sendKey')}
            value={values.sendKey}
            options={sendKeys.map((value) => ({ value, label: shortcutText(value === 'enter' ? 'Enter' : 'Mod+Enter') }))}
            onChange={(sendKey) => save({ sendKey })}
          />
        </SettingsRow>
        <SettingsRow label={t('general.defaultModel')} hint={t('general.defaultModelHint')}>
          <Combobox
            label={t('general.defaultModel')}
            value={chosen}
            options={listed}
            placeholder={t('general.noDefault')}
            searchLabel={t('form.findModel')}
            emptyText={t('form.noModel')}
            onChange={(value) => {
              const choice = choices.find(({ option }) => option.value === value);
              if (choice !== undefined) save({ defaultModel: choice.ref });
            }}
          />
        </SettingsRow>
        <SettingsRow label={t('general.indexingLimit')} hint={t('general.indexingLimitHint')}>
          <IndexingLimit />
        </SettingsRow>
        <div className="px-4 py-3">
          <NotifySwitch isOn={values.notifyWhenAnswered} />
        </div>
        <div className="px-4 py-3">
          <Switch
            label={passages('searchFurther')}
            description={passages('searchFurtherHint')}
            checked={values.searchFurther}
            onCheckedChange={(searchFurther) => save({ searchFurther })}
          />
        </div>
        <div className="px-4 py-3">
          <Switch
            label={passages('rankAgain')}
            description={passages('rankAgainHint')}
            checked={values.rankAgain}
            onCheckedChange={(rankAgain) => save({ rankAgain })}
          />
        </div>
        <div className="px-4 py-3">
          <Switch
            label={t('general.titles')}
            description={t('general.titlesHint')}
            checked={values.titlesByModel}
            onCheckedChange={(titlesByModel) => save({ titlesByModel })}
          />
        </div>
        <div className="px-4 py-3">
          <Switch
            label={t('general.finishStopped')}
            description={t('general.finishStoppedHint')}
            checked={values.finishStopped}
            onCheckedChange={(finishStopped) => save({ finishStopped })}
          />
        </div>
        <div className="px-4 py-3">
          <Switch
            label={t('general.countInput')}
            description={t('general.countInputHint')}
            checked={values.countInputByProvider}
            onCheckedChange={(countInputByProvider) => save({ countInputByProvider })}
          />
        </div>
      </Card>
    </SettingsSection>
  );
}
