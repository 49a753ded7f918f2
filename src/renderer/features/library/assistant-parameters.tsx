import { useTranslation } from 'react-i18next';
import type { ModelParameters } from '../../../shared/contract/parameters.ts';
import { Field } from '../../components/ui/field.tsx';
import { Input } from '../../components/ui/input.tsx';
import { Select } from '../../components/ui/select.tsx';
import { isNumberField } from './number-field.ts';

const usual = 'usual';
/** How many of the last turns can be chosen to go along. */
export const turnLimits = { min: 0, max: 1_000, isWhole: true } as const;
const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'] as const;
const tiers = ['default', 'flex', 'priority'] as const;

interface AssistantParametersProps {
  parameters: ModelParameters;
  /** As they are typed. */
  numbers: { readonly temperature: string; readonly maxOutput: string; readonly turns: string };
  onChange: (parameters: ModelParameters) => void;
  onTemperature: (text: string) => void;
  onMaxOutput: (text: string) => void;
  onTurns: (text: string) => void;
}

/** How an assistant's model is asked. A model is only told what it takes. */
export function AssistantParameters({ parameters, numbers, onChange, ...typed }: AssistantParametersProps) {
  const { t } = useTranslation('library');
  const usualOption = { value: usual, label: t('parameters.usual') } as const;
  return (
    <fieldset className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <legend className="mb-2 text-sm font-medium">{t('parameters.title')}</legend>
      <Field
        label={t('parameters.temperature')}
        error={isNumberField(numbers.temperature, { min: 0, max: 2 }) ? null : t('parameters.temperatureWrong')}
      >
        <Input
          inputMode="decimal"
          value={numbers.temperature}
          placeholder={t('parameters.usual')}
          onChange={(event) => typed.onTemperature(event.target.value)}
        />
      </Field>
      <Field
        label={t('parameters.maxOutput')}
        error={isNumberField(numbers.maxOutput, { min: 1, max: 1_000_000, isWhole: true }) ? null : t('parameters.maxOutputWrong')}
      >
        <Input
          inputMode="numeric"
          value={numbers.maxOutput}
          placeholder={t('parameters.usual')}
          onChange={(event) => typed.onMaxOutput(event.target.value)}
        />
      </Field>
      <Field label={t('parameters.effort')}>
        <Select
          value={parameters.reasoningEffort ?? usual}
          options={[usualOption, ...efforts.map((value) => ({ value, label: t(`parameters.efforts.${value}`) }))]}
          onChange={(value) => onChange({ ...parameters, reasoningEffort: value === usual ? null : value })}
        />
      </Field>
      <Field label={t('parameters.tier')}>
        <Select
          value={parameters.serviceTier ?? usual}
          options={[usualOption, ...tiers.map((value) => ({ value, label: t(`parameters.tiers.${value}`) }))]}
          onChange={(value) => onChange({ ...parameters, serviceTier: value === usual ? null : value })}
        />
      </Field>
      <Field
        label={t('parameters.turns')}
        hint={t('parameters.turnsHint')}
        error={isNumberField(numbers.turns, turnLimits) ? null : t('parameters.turnsWrong')}
      >
        <Input
          inputMode="numeric"
          value={numbers.turns}
          placeholder={t('parameters.allThatFits')}
          onChange={(event) => typed.onTurns(event.target.value)}
        />
      </Field>
    </fieldset>
  );
}
