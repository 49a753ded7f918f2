import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Prompt } from '../../../shared/contract/library.ts';
import { Field } from '../../components/ui/field.tsx';
import { Input } from '../../components/ui/input.tsx';
import { EntryDialog } from './entry-dialog.tsx';
import { LabelledText } from './labelled-text.tsx';

interface PromptDialogProps {
  /** Without a name: a new one. */
  prompt: Prompt;
  onSave: (prompt: Prompt) => Promise<void>;
  onClose: () => void;
}

/** Makes or changes a prompt. */
export function PromptDialog({ prompt, onSave, onClose }: PromptDialogProps) {
  const { t } = useTranslation('library');
  const [name, setName] = useState(prompt.name);
  const [text, setText] = useState(prompt.text);
  return (
    <EntryDialog
      title={prompt.name === '' ? t('prompts.add') : t('edit', { name: prompt.name })}
      canSave={name.trim() !== '' && text.trim() !== ''}
      onSave={() => onSave({ ...prompt, name: name.trim(), text })}
      onClose={onClose}
    >
      <Field label={t('name')}>
        <Input value={name} maxLength={100} autoComplete="off" onChange={(event) => setName(event.target.value)} />
      </Field>
      <LabelledText
        label={t('prompts.text')}
        hint={t('prompts.textHint', { example: '{{language}}' })}
        value={text}
        maxLength={100_000}
        onChange={setText}
      />
    </EntryDialog>
  );
}
