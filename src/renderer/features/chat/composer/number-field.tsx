import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Input } from '../../../components/ui/input.tsx';
import { readNumber, type NumberRange } from './read-number.ts';

interface NumberFieldProps {
  label: string;
  hint: string;
  /** What is said of something that is no such number. */
  error: string;
  range: NumberRange;
  /** What stands in the empty field; as usual when left out. */
  placeholder?: string;
  /** null: not set. */
  value: number | null;
  onChange: (value: number | null) => void;
}

/** A number that may be left out. What is no such number stays to be put right, and changes nothing. */
export function NumberField({ label, hint, error, range, placeholder, value, onChange }: NumberFieldProps) {
  const { t } = useTranslation('asking');
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  // What was typed is shown while it says the value; a reset from elsewhere replaces it.
  const read = typed === null ? value : readNumber(typed, range);
  const isWrong = read === undefined;
  const text = typed !== null && (isWrong || read === value) ? typed : (value?.toString() ?? '');
  return (
    <div className="grid grid-cols-[1fr_10.5rem] items-start gap-x-3">
      <div>
        <label htmlFor={id} className="flex h-8 items-center text-sm font-medium">
          {label}
        </label>
      </div>
      <Input
        id={id}
        inputMode="decimal"
        autoComplete="off"
        placeholder={placeholder ?? t('usual')}
        value={text}
        aria-invalid={isWrong || undefined}
        aria-describedby={`${id}-hint`}
        className={isWrong ? 'tabular border-danger' : 'tabular'}
        onChange={(event) => {
          setTyped(event.target.value);
          const next = readNumber(event.target.value, range);
          if (next !== undefined) onChange(next);
        }}
      />
      <p id={`${id}-hint`} className={isWrong ? 'col-span-2 text-sm text-danger' : 'col-span-2 text-sm text-muted'}>
        {isWrong ? error : hint}
      </p>
    </div>
  );
}
