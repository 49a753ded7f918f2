import { useId } from 'react';
import { Textarea } from '../../components/ui/textarea.tsx';

interface LabelledTextProps {
  label: string;
  hint: string;
  value: string;
  maxLength: number;
  onChange: (value: string) => void;
}

/** A text of several lines with its label and a line on what it is for. */
export function LabelledText({ label, hint, value, maxLength, onChange }: LabelledTextProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <Textarea
        id={id}
        aria-describedby={`${id}-hint`}
        className="max-h-64 min-h-28"
        value={value}
        maxLength={maxLength}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-hint`} className="text-sm text-muted">
        {hint}
      </p>
    </div>
  );
}
