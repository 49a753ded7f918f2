import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import { cn } from '../../lib/cn.ts';

interface SegmentsProps<Value extends string> {
  /** Read out as the name of the group. */
  label: string;
  value: Value;
  options: readonly { readonly value: Value; readonly label: string }[];
  onChange: (value: Value) => void;
  className?: string;
}

/** A choice of one among a few, all in sight. */
export function Segments<Value extends string>({ label, value, options, onChange, className }: SegmentsProps<Value>) {
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={([chosen]) => {
        // Pressing the pressed one would leave none; there is always one.
        const option = options.find((candidate) => candidate.value === chosen);
        if (option !== undefined) onChange(option.value);
      }}
      className={cn('flex flex-wrap gap-0.5 rounded-lg bg-hover p-0.5', className)}
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          className="h-7 rounded-md px-2.5 text-sm whitespace-nowrap text-muted hover:text-ink data-pressed:bg-chosen data-pressed:font-medium data-pressed:text-ink data-pressed:shadow-xs"
        >
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
