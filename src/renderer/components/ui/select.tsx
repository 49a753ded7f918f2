import { Select as BaseSelect } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import { cn } from '../../lib/cn.ts';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** A second, quieter line. */
  readonly hint?: string | undefined;
}

interface SelectProps<Value extends string> {
  value: Value | null;
  options: readonly SelectOption<Value>[];
  onChange: (value: Value) => void;
  /** Needed where no `Field` gives a label. */
  label?: string;
  placeholder?: string;
  disabled?: boolean;
  className?: string;
}

/** A choice of one among a few. */
export function Select<Value extends string>({
  value,
  options,
  onChange,
  label,
  placeholder,
  disabled = false,
  className,
}: SelectProps<Value>) {
  const handleChange = (next: Value | null) => {
    if (next !== null) onChange(next);
  };
  return (
    <BaseSelect.Root items={options} value={value} onValueChange={handleChange} disabled={disabled}>
      <BaseSelect.Trigger
        aria-label={label}
        className={cn(
          'flex h-8 w-full items-center justify-between gap-2 rounded-md border border-line-strong/60 bg-canvas px-2.5 text-left text-base hover:border-line-strong disabled:opacity-60',
          className,
        )}
      >
        <BaseSelect.Value placeholder={placeholder} className="truncate data-placeholder:text-faint" />
        <BaseSelect.Icon className="text-faint">
          <ChevronsUpDown className="size-3.5" aria-hidden />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner sideOffset={4} collisionPadding={8} alignItemWithTrigger={false} className="z-50 select-none">
          <BaseSelect.Popup className="popup-motion max-h-[min(24rem,var(--available-height))] min-w-(--anchor-width) overflow-y-auto rounded-lg bg-raised p-1 shadow-popup">
            {options.map((option) => (
              <SelectItem key={option.value} option={option} />
            ))}
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}

function SelectItem<Value extends string>({ option }: { option: SelectOption<Value> }) {
  return (
    <BaseSelect.Item
      value={option.value}
      className="grid cursor-default grid-cols-[1rem_1fr] items-center gap-x-2 rounded-md py-1 pr-3 pl-1.5 outline-none data-highlighted:bg-hover"
    >
      <BaseSelect.ItemIndicator className="col-start-1">
        <Check className="size-4 text-accent" aria-hidden />
      </BaseSelect.ItemIndicator>
      <BaseSelect.ItemText className="col-start-2">{option.label}</BaseSelect.ItemText>
      {option.hint !== undefined && <span className="col-start-2 text-sm text-muted">{option.hint}</span>}
    </BaseSelect.Item>
  );
}
