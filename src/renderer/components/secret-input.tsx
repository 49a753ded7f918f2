import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from './ui/icon-button.tsx';
import { Input } from './ui/input.tsx';

interface SecretInputProps {
  value: string;
  onChange: (value: string) => void;
  showLabel: string;
  hideLabel: string;
  placeholder?: string;
  /** Needed where no `Field` gives a label. */
  label?: string;
}

/** A field for keys and passphrases: dots unless asked, out of the reach of autofill and spelling services. */
export function SecretInput({ value, onChange, showLabel, hideLabel, placeholder, label }: SecretInputProps) {
  const [isShown, setIsShown] = useState(false);
  return (
    <div className="relative">
      <Input
        type={isShown ? 'text' : 'password'}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        placeholder={placeholder}
        aria-label={label}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        data-1p-ignore
        className="pr-9 font-mono"
      />
      <IconButton
        type="button"
        label={isShown ? hideLabel : showLabel}
        size="sm"
        aria-pressed={isShown}
        className="absolute top-0.5 right-0.5"
        onClick={() => setIsShown(!isShown)}
      >
        {isShown ? <EyeOff className="size-4" aria-hidden /> : <Eye className="size-4" aria-hidden />}
      </IconButton>
    </div>
  );
}
