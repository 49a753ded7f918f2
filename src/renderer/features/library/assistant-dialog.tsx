import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Assistant } from '../../../shared/contract/library.ts';
import { keyOfRef, useChatModelChoices } from '../../components/model-options.ts';
import { AssistantSymbol } from '../../components/assistant-symbol.tsx';
import { Combobox } from '../../components/ui/combobox.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Input } from '../../components/ui/input.tsx';
import { Select } from '../../components/ui/select.tsx';
import { AssistantCollections } from './assistant-collections.tsx';
import { AssistantParameters, turnLimits } from './assistant-parameters.tsx';
import { EntryDialog } from './entry-dialog.tsx';
import { LabelledText } from './labelled-text.tsx';
import { isNumberField, numberOf, textOf } from './number-field.ts';

const colours = ['blue', 'orange', 'green', 'pink', 'yellow', 'purple'] as const;

interface AssistantDialogProps {
  /** Without a name: a new one. */
  assistant: Assistant;
  onSave: (assistant: Assistant) => Promise<void>;
  onClose: () => void;
}

/** Makes or changes an assistant. */
export function AssistantDialog({ assistant, onSave, onClose }: AssistantDialogProps) {
  const { t } = useTranslation('library');
  const [draft, setDraft] = useState(assistant);
  const [temperature, setTemperature] = useState(textOf(assistant.parameters.temperature));
  const [maxOutput, setMaxOutput] = useState(textOf(assistant.parameters.maxOutputTokens));
  const [turns, setTurns] = useState(textOf(assistant.parameters.historyTurns));
  const change = (part: Partial<Assistant>) => setDraft({ ...draft, ...part });
  const numbers = { temperature, maxOutput, turns };
  const areNumbersRight =
    isNumberField(temperature, { min: 0, max: 2 }) &&
    isNumberField(maxOutput, { min: 1, max: 1_000_000, isWhole: true }) &&
    isNumberField(turns, turnLimits);

  function save(): Promise<void> {
    const set = { temperature: numberOf(temperature), maxOutputTokens: numberOf(maxOutput), historyTurns: numberOf(turns) };
    const parameters = { ...draft.parameters, ...set };
    return onSave({ ...draft, name: draft.name.trim(), symbol: draft.symbol.trim(), parameters });
  }

  return (
    <EntryDialog
      title={assistant.name === '' ? t('assistants.add') : t('edit', { name: assistant.name })}
      canSave={draft.name.trim() !== '' && draft.symbol.trim() !== '' && areNumbersRight}
      onSave={save}
      onClose={onClose}
    >
      <Field label={t('name')}>
        <Input value={draft.name} maxLength={100} autoComplete="off" onChange={(event) => change({ name: event.target.value })} />
      </Field>
      <div className="flex flex-wrap items-end gap-3">
        <div className="w-28">
          <Field label={t('assistants.symbol')}>
            <Input value={draft.symbol} maxLength={16} autoComplete="off" onChange={(event) => change({ symbol: event.target.value })} />
          </Field>
        </div>
        <div className="w-44">
          <Field label={t('assistants.colour')}>
            <Select
              value={draft.colour}
              options={colours.map((value) => ({ value, label: t(`assistants.colours.${value}`) }))}
              onChange={(colour) => change({ colour })}
            />
          </Field>
        </div>
        <AssistantSymbol assistant={draft} />
      </div>
      <LabelledText
        label={t('assistants.instructions')}
        hint={t('assistants.instructionsHint')}
        value={draft.systemPrompt}
        maxLength={100_000}
        onChange={(systemPrompt) => change({ systemPrompt })}
      />
      <Field label={t('assistants.model')}>
        <ModelChoice draft={draft} onChange={(model) => change({ model })} />
      </Field>
      <AssistantCollections chosenIds={draft.collectionIds} onChange={(collectionIds) => change({ collectionIds })} />
      <AssistantParameters
        parameters={draft.parameters}
        numbers={numbers}
        onChange={(parameters) => change({ parameters })}
        onTemperature={setTemperature}
        onMaxOutput={setMaxOutput}
        onTurns={setTurns}
      />
    </EntryDialog>
  );
}

function ModelChoice({ draft: { model }, onChange }: { draft: Assistant; onChange: (model: Assistant['model']) => void }) {
  const { t } = useTranslation(['library', 'settings']);
  const choices = useChatModelChoices();
  return (
    <Combobox
      label={t('assistants.model')}
      value={model === null ? null : keyOfRef(model)}
      options={choices.map(({ option }) => option)}
      placeholder={t('assistants.usualModel')}
      noneLabel={t('assistants.usualModel')}
      searchLabel={t('settings:form.findModel')}
      emptyText={t('settings:form.noModel')}
      onChange={(value) => onChange(choices.find(({ option }) => option.value === value)?.ref ?? null)}
    />
  );
}
