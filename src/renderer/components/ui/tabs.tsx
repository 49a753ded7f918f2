import { Tabs as BaseTabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { cn } from '../../lib/cn.ts';

export interface TabOption<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  readonly panel: ReactNode;
}

interface TabsProps<Value extends string> {
  /** Read out as the name of the row of tabs. */
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  tabs: readonly TabOption<Value>[];
  className?: string;
  listClassName?: string;
  panelClassName?: string;
}

/** A row of tabs and the panel of the one that is chosen. Arrow keys move between tabs. */
export function Tabs<Value extends string>({ label, value, onChange, tabs, className, listClassName, panelClassName }: TabsProps<Value>) {
  return (
    <BaseTabs.Root
      value={value}
      onValueChange={(next: unknown) => {
        const chosen = tabs.find((tab) => tab.value === next);
        if (chosen) onChange(chosen.value);
      }}
      className={cn('flex min-h-0 flex-col', className)}
    >
      <BaseTabs.List aria-label={label} className={cn('relative flex shrink-0 gap-1 border-b', listClassName)}>
        {tabs.map((tab) => (
          <BaseTabs.Tab
            key={tab.value}
            value={tab.value}
            className="focus-inset flex h-9 items-center rounded-sm px-2.5 text-base whitespace-nowrap text-muted hover:text-ink data-active:font-medium data-active:text-ink"
          >
            {tab.label}
          </BaseTabs.Tab>
        ))}
        <BaseTabs.Indicator className="absolute bottom-[-1px] left-0 h-0.5 w-(--active-tab-width) translate-x-(--active-tab-left) bg-accent transition-all duration-150" />
      </BaseTabs.List>
      {tabs.map((tab) => (
        <BaseTabs.Panel key={tab.value} value={tab.value} className={cn('min-h-0 flex-1', panelClassName)}>
          {tab.panel}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  );
}
