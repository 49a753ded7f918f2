import { Field as BaseField } from '@base-ui/react/field';
import type { ReactNode } from 'react';

interface FieldProps {
  label: string;
  /** One line under the control. */
  hint?: ReactNode;
  /** What is wrong with it; null when nothing is. */
  error?: ReactNode;
  children: ReactNode;
}

/** A labelled control. Wires label, hint and error to the `Input` or `Select` inside. */
export function Field({ label, hint, error = null, children }: FieldProps) {
  return (
    <BaseField.Root invalid={error !== null} className="flex flex-col gap-1">
      <BaseField.Label className="text-sm font-medium text-ink">{label}</BaseField.Label>
      {children}
      {hint !== undefined && <BaseField.Description className="text-sm text-muted">{hint}</BaseField.Description>}
      <BaseField.Error match={error !== null} className="text-sm text-danger">
        {error}
      </BaseField.Error>
    </BaseField.Root>
  );
}
