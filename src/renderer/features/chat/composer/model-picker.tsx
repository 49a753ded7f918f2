import { Popover } from '@base-ui/react/popover';
import { Check, ChevronDown, Search } from 'lucide-react';
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelRef } from '../../../../shared/contract/chat.ts';
import type { ModelInfo } from '../../../../shared/contract/providers.ts';
import { RateText } from '../../../components/amount.tsx';
import { useErrorSentence } from '../../../components/error-sentence.ts';
import { Badge } from '../../../components/ui/badge.tsx';
import { Spinner } from '../../../components/ui/spinner.tsx';
import { cn } from '../../../lib/cn.ts';
import { showModelPicker, useChoiceStore } from '../choice-store.ts';
import type { ProviderModels } from '../use-models.ts';

interface ModelPickerProps {
  groups: readonly ProviderModels[];
  value: ModelRef | null;
  isLoading: boolean;
  onChange: (model: ModelRef) => void;
}

interface Option {
  readonly ref: ModelRef;
  readonly info: ModelInfo;
}

function isSame(a: ModelRef | null, b: ModelRef): boolean {
  return a?.providerId === b.providerId && a.modelId === b.modelId;
}

/** The groups with the models whose name, or whose provider's name, holds every word of the query. */
function filterGroups(groups: readonly ProviderModels[], query: string): { group: ProviderModels; options: Option[] }[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return groups.map((group) => {
    const options = group.models
      .filter((info) => words.every((word) => `${group.provider.name} ${info.id}`.toLowerCase().includes(word)))
      .map((info) => ({ info, ref: { providerId: group.provider.id, modelId: info.id } }));
    return { group, options };
  });
}

/** Chooses the model of the next question: by provider, with a search field and what a million tokens cost. */
export function ModelPicker({ groups, value, isLoading, onChange }: ModelPickerProps) {
  const { t } = useTranslation('chat');
  const isOpen = useChoiceStore((state) => state.isModelPickerOpen);
  const kind = groups.find(({ provider }) => provider.id === value?.providerId)?.provider.kind;
  return (
    <Popover.Root open={isOpen} onOpenChange={showModelPicker}>
      <Popover.Trigger
        className="flex h-7 max-w-64 items-center gap-1.5 rounded-md px-2 text-sm text-muted hover:bg-hover hover:text-ink"
        aria-label={value === null ? t('model.choose') : t('model.current', { model: value.modelId })}
      >
        {kind === 'demo' && <Badge tone="warn">{t('model.demo')}</Badge>}
        <span className="truncate">{value?.modelId ?? (isLoading ? t('model.loading') : t('model.choose'))}</span>
        <ChevronDown className="size-3.5 shrink-0" aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="top" align="start" sideOffset={6} collisionPadding={8} className="z-50">
          <Popover.Popup
            aria-label={t('model.choose')}
            className="popup-motion flex max-h-[min(28rem,var(--available-height))] w-[min(26rem,calc(100vw-1rem))] flex-col overflow-hidden rounded-lg bg-raised shadow-popup"
          >
            <ModelList
              groups={groups}
              value={value}
              onChoose={(model) => {
                onChange(model);
                showModelPicker(false);
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface ModelListProps {
  groups: readonly ProviderModels[];
  value: ModelRef | null;
  onChoose: (model: ModelRef) => void;
}

function ModelList({ groups, value, onChoose }: ModelListProps) {
  const { t } = useTranslation('chat');
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const listRef = useRef<HTMLDivElement>(null);
  const listId = useId();
  const filtered = useMemo(() => filterGroups(groups, query), [groups, query]);
  const options = filtered.flatMap((entry) => entry.options);

  function move(step: number): void {
    const next = Math.max(0, Math.min(options.length - 1, active + step));
    setActive(next);
    listRef.current?.querySelector(`[data-index="${String(next)}"]`)?.scrollIntoView({ block: 'nearest' });
  }

  function handleKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      move(event.key === 'ArrowDown' ? 1 : -1);
    }
    const chosen = options[active];
    if (event.key === 'Enter' && chosen) {
      event.preventDefault();
      onChoose(chosen.ref);
    }
  }

  return (
    <>
      <div className="flex items-center gap-2 border-b px-3">
        <Search className="size-4 shrink-0 text-faint" aria-hidden />
        <input
          className="h-10 min-w-0 flex-1 bg-transparent outline-none"
          placeholder={t('model.search')}
          aria-label={t('model.search')}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={options.length > 0 ? `${listId}-${String(active)}` : undefined}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
          onKeyDown={handleKeyDown}
        />
      </div>
      <div ref={listRef} id={listId} role="listbox" aria-label={t('model.choose')} className="min-h-0 flex-1 overflow-y-auto p-1">
        {filtered.map(({ group, options: shown }) => (
          <ProviderGroup key={group.provider.id} group={group} isSearching={query !== ''}>
            {shown.map((option) => {
              const index = options.indexOf(option);
              return (
                <ModelOption
                  key={option.info.id}
                  id={`${listId}-${String(index)}`}
                  index={index}
                  info={option.info}
                  showsRates={group.provider.kind === 'remote'}
                  isActive={index === active}
                  isChosen={isSame(value, option.ref)}
                  onChoose={() => onChoose(option.ref)}
                />
              );
            })}
          </ProviderGroup>
        ))}
        {query !== '' && options.length === 0 && <p className="px-3 py-6 text-center text-muted">{t('model.nothingFound')}</p>}
      </div>
    </>
  );
}

function ProviderGroup({ group, isSearching, children }: { group: ProviderModels; isSearching: boolean; children: React.ReactNode[] }) {
  const { t } = useTranslation('chat');
  const sentence = useErrorSentence();
  if (isSearching && children.length === 0) return null;
  const { provider, failure, isLoading } = group;
  return (
    <div role="group" aria-label={provider.name} className="pb-1">
      <div className="flex items-center gap-2 px-2 pt-2 pb-1 text-xs font-medium text-faint">
        {provider.name}
        {provider.kind !== 'remote' && (
          <span className="font-normal">{t(provider.kind === 'demo' ? 'model.demoHint' : 'model.localHint')}</span>
        )}
        {isLoading && <Spinner className="size-3" />}
      </div>
      {failure !== null && <p className="px-2 pb-1 text-sm text-muted">{sentence(failure).title}</p>}
      {children}
    </div>
  );
}

interface ModelOptionProps {
  id: string;
  index: number;
  info: ModelInfo;
  showsRates: boolean;
  isActive: boolean;
  isChosen: boolean;
  onChoose: () => void;
}

function ModelOption({ id, index, info, showsRates, isActive, isChosen, onChoose }: ModelOptionProps) {
  const { t } = useTranslation('chat');
  return (
    // The field above keeps the focus and moves the choice; a click is the pointer's way to the same.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      data-index={index}
      role="option"
      aria-selected={isChosen}
      className={cn('flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 hover:bg-hover', isActive && 'bg-hover')}
      onClick={onChoose}
    >
      <span className="min-w-0 flex-1 truncate">{info.id}</span>
      {showsRates && (
        <span className="shrink-0 text-xs text-muted">
          {info.inputPerMillion === null && info.outputPerMillion === null ? (
            <RateText usdPerMillion={null} />
          ) : (
            <>
              <span className="sr-only">{t('model.rateIn')} </span>
              <RateText usdPerMillion={info.inputPerMillion} />
              <span aria-hidden> · </span>
              <span className="sr-only">{t('model.rateOut')} </span>
              <RateText usdPerMillion={info.outputPerMillion} />
            </>
          )}
        </span>
      )}
      <Check className={cn('size-4 shrink-0 text-accent', !isChosen && 'invisible')} aria-hidden />
    </div>
  );
}
