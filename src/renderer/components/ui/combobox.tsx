import { Combobox as BaseCombobox } from '@base-ui/react/combobox';
import { Check, ChevronsUpDown } from 'lucide-react';
import { cn } from '../../lib/cn.ts';

export interface ComboboxOption {
  readonly value: string;
  readonly label: string;
  /** Right of the label, quieter. */
  readonly hint?: string | undefined;
}

interface ComboboxProps {
  value: string | null;
  options: readonly ComboboxOption[];
  onChange: (value: string | null) => void;
  /** Needed where no `Field` gives a label. */
  label?: string;
  /** Shown while nothing is chosen. */
  placeholder: string;
  searchLabel: string;
  emptyText: string;
  /** Offers to choose nothing, under this name. */
  noneLabel?: string;
  disabled?: boolean;
  className?: string;
}

const noneValue = '';
/** So many are drawn; of more, those that are found. */
const maxDrawn = 200;

/** A choice of one among many, found by typing. */
export function Combobox(props: ComboboxProps) {
  const { value, options, onChange, label, placeholder, searchLabel, emptyText, noneLabel, disabled = false, className } = props;
  const items = noneLabel === undefined ? options : [{ value: noneValue, label: noneLabel }, ...options];
  const chosen = items.find((item) => item.value === (value ?? noneValue)) ?? (value === null ? null : { value, label: value });
  return (
    <BaseCombobox.Root
      items={items}
      limit={maxDrawn}
      value={chosen}
      onValueChange={(item) => {
        if (item !== null) onChange(item.value === noneValue ? null : item.value);
      }}
      isItemEqualToValue={(a, b) => a.value === b.value}
      disabled={disabled}
    >
      <BaseCombobox.Trigger
        aria-label={label}
        className={cn(
          'flex h-8 w-full items-center justify-between gap-2 rounded-md border border-line-strong/60 bg-canvas px-2.5 text-left text-base hover:border-line-strong disabled:opacity-60',
          className,
        )}
      >
        <span className={cn('truncate', chosen === null && 'text-faint')}>{chosen?.label ?? placeholder}</span>
        <ChevronsUpDown className="size-3.5 shrink-0 text-faint" aria-hidden />
      </BaseCombobox.Trigger>
      <BaseCombobox.Portal>
        <BaseCombobox.Positioner sideOffset={4} collisionPadding={8} className="z-50">
          <BaseCombobox.Popup
            aria-label={searchLabel}
            className="popup-motion flex max-h-[min(22rem,var(--available-height))] w-(--anchor-width) min-w-72 flex-col rounded-lg bg-raised shadow-popup"
          >
            <BaseCombobox.Input
              aria-label={searchLabel}
              placeholder={searchLabel}
              className="h-9 shrink-0 border-b bg-transparent px-3 text-base outline-none"
            />
            <BaseCombobox.Empty className="px-3 text-sm text-muted not-empty:py-4">{emptyText}</BaseCombobox.Empty>
            <BaseCombobox.List className="min-h-0 overflow-y-auto p-1 empty:p-0">
              {(item: ComboboxOption) => (
                <BaseCombobox.Item
                  key={item.value}
                  value={item}
                  className="grid cursor-default grid-cols-[1rem_minmax(0,1fr)_auto] items-center gap-x-2 rounded-md py-1 pr-2.5 pl-1.5 outline-none select-none data-highlighted:bg-hover"
                >
                  <BaseCombobox.ItemIndicator className="col-start-1">
                    <Check className="size-4 text-accent" aria-hidden />
                  </BaseCombobox.ItemIndicator>
                  <span className="col-start-2 truncate">{item.label}</span>
                  {item.hint !== undefined && <span className="col-start-3 text-sm text-muted tabular">{item.hint}</span>}
                </BaseCombobox.Item>
              )}
            </BaseCombobox.List>
          </BaseCombobox.Popup>
        </BaseCombobox.Positioner>
      </BaseCombobox.Portal>
    </BaseCombobox.Root>
  );
}
