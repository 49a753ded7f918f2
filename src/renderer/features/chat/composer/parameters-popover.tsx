import { SlidersHorizontal } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelParameters } from '../../../../shared/contract/parameters.ts';
import { takenParameters, takesTemperature, type ModelAbilities } from '../../../../shared/model-abilities.ts';
import { usualParameters } from '../../../../shared/usual-parameters.ts';
import { parameterNames } from '../../../components/error-sentence.ts';
import { Button } from '../../../components/ui/button.tsx';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { Popover } from '../../../components/ui/popover.tsx';
import { Select } from '../../../components/ui/select.tsx';
import { Textarea } from '../../../components/ui/textarea.tsx';
import type { Asking } from '../choice-store.ts';
import { NumberField } from './number-field.tsx';

interface ParametersPopoverProps {
  asking: Asking;
  abilities: ModelAbilities;
  onChange: (asking: Asking) => void;
  /** It was closed: what is set now is meant to stay. */
  onDone: (asking: Asking) => void;
}

/** How many things differ from what is usual, counting only what is sent. */
function changedCount({ parameters, systemPrompt }: Asking, abilities: ModelAbilities): number {
  const sent = Object.values(takenParameters(parameters, abilities)).filter((value) => value !== null);
  return sent.length + (systemPrompt.trim() === '' ? 0 : 1);
}

/** Instructions and parameters of the chat, behind a quiet button that is marked where something is set. */
export function ParametersPopover({ asking, abilities, onChange, onDone }: ParametersPopoverProps) {
  const { t } = useTranslation('asking');
  const [isOpen, setIsOpen] = useState(false);
  const count = changedCount(asking, abilities);
  return (
    <Popover
      label={t('title')}
      side="top"
      className="w-[min(22rem,calc(100vw-1rem))]"
      open={isOpen}
      onOpenChange={(next) => {
        setIsOpen(next);
        if (!next) onDone(asking);
      }}
      trigger={
        <IconButton size="sm" className="relative" label={count === 0 ? t('open') : t('openChanged', { count })}>
          <SlidersHorizontal className="size-4" aria-hidden />
          {count > 0 && <span aria-hidden className="absolute top-1 right-1 size-1.5 rounded-full bg-accent" />}
        </IconButton>
      }
    >
      <Fields asking={asking} abilities={abilities} isChanged={count > 0} onChange={onChange} />
    </Popover>
  );
}

interface FieldsProps {
  asking: Asking;
  abilities: ModelAbilities;
  isChanged: boolean;
  onChange: (asking: Asking) => void;
}

function Fields({ asking, abilities, isChanged, onChange }: FieldsProps) {
  const { t } = useTranslation('asking');
  const id = useId();
  const { parameters, systemPrompt } = asking;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex h-7 items-center justify-between gap-2">
        <h3 className="font-medium">{t('title')}</h3>
        {isChanged && (
          <Button size="sm" variant="ghost" onClick={() => onChange({ parameters: usualParameters, systemPrompt: '' })}>
            {t('reset')}
          </Button>
        )}
      </div>
      <div className="flex flex-col gap-1">
        <label htmlFor={id} className="text-sm font-medium">
          {t('systemPrompt')}
        </label>
        <Textarea
          id={id}
          maxLength={100_000}
          value={systemPrompt}
          aria-describedby={`${id}-hint`}
          className="max-h-48 overflow-y-auto"
          onChange={(event) => onChange({ ...asking, systemPrompt: event.target.value })}
        />
        <p id={`${id}-hint`} className="text-sm text-muted">
          {t('systemPromptHint')}
        </p>
      </div>
      <ParameterFields parameters={parameters} abilities={abilities} onChange={(next) => onChange({ ...asking, parameters: next })} />
    </div>
  );
}

interface ParameterFieldsProps {
  parameters: ModelParameters;
  abilities: ModelAbilities;
  onChange: (parameters: ModelParameters) => void;
}

/** Of what is for the model only what it takes; what is set besides and stays out of the request is said. */
function ParameterFields({ parameters, abilities, onChange }: ParameterFieldsProps) {
  const { t } = useTranslation('asking');
  const { reasoningEfforts, serviceTiers, maxOutputTokens } = abilities;
  const hasTemperature = takesTemperature(abilities, takenParameters(parameters, abilities).reasoningEffort);
  const hasNone = !hasTemperature && !maxOutputTokens && reasoningEfforts.length === 0 && serviceTiers.length === 0;
  return (
    <>
      {hasTemperature && (
        <NumberField
          label={t('temperature')}
          hint={t('temperatureHint')}
          error={t('temperatureError')}
          range={{ min: 0, max: 2, isWhole: false }}
          value={parameters.temperature}
          onChange={(temperature) => onChange({ ...parameters, temperature })}
        />
      )}
      {maxOutputTokens && (
        <NumberField
          label={t('maxOutputTokens')}
          hint={t('maxOutputTokensHint')}
          error={t('maxOutputTokensError')}
          range={{ min: 1, max: 1_000_000, isWhole: true }}
          value={parameters.maxOutputTokens}
          onChange={(limit) => onChange({ ...parameters, maxOutputTokens: limit })}
        />
      )}
      <Choice
        label={t('reasoningEffort')}
        value={parameters.reasoningEffort}
        options={reasoningEfforts}
        nameOf={(effort) => t(`effort.${effort}`)}
        onChange={(reasoningEffort) => onChange({ ...parameters, reasoningEffort })}
      />
      <Choice
        label={t('serviceTier')}
        value={parameters.serviceTier}
        options={serviceTiers}
        nameOf={(tier) => t(`tier.${tier}`)}
        onChange={(serviceTier) => onChange({ ...parameters, serviceTier })}
      />
      <NumberField
        label={t('historyTurns')}
        hint={t('historyTurnsHint')}
        error={t('historyTurnsError')}
        range={{ min: 0, max: 1_000, isWhole: true }}
        placeholder={t('allThatFits')}
        value={parameters.historyTurns}
        onChange={(historyTurns) => onChange({ ...parameters, historyTurns })}
      />
      {hasNone && <p className="text-sm text-muted">{t('takesNone')}</p>}
      <NotSent parameters={parameters} abilities={abilities} />
    </>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value | null;
  options: readonly Value[];
  nameOf: (value: Value) => string;
  onChange: (value: Value | null) => void;
}

function Choice<Value extends string>({ label, value, options, nameOf, onChange }: ChoiceProps<Value>) {
  const { t } = useTranslation('asking');
  if (options.length === 0) return null;
  const chosen = value !== null && options.includes(value) ? value : 'usual';
  return (
    <div className="grid grid-cols-[1fr_10.5rem] items-center gap-3">
      <span className="text-sm font-medium">{label}</span>
      <Select<Value | 'usual'>
        label={label}
        value={chosen}
        options={[{ value: 'usual', label: t('usual') }, ...options.map((option) => ({ value: option, label: nameOf(option) }))]}
        onChange={(next) => onChange(next === 'usual' ? null : next)}
      />
    </div>
  );
}

function NotSent({ parameters, abilities }: { parameters: ModelParameters; abilities: ModelAbilities }) {
  const { t, i18n } = useTranslation('asking');
  const taken = takenParameters(parameters, abilities);
  const names = parameterNames.filter((name) => parameters[name] !== null && taken[name] === null).map((name) => t(name));
  if (names.length === 0) return null;
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(names);
  return <p className="text-sm text-muted">{t('notSent', { names: list })}</p>;
}
