import { Autocomplete } from '@base-ui/react/autocomplete';
import { Popover } from '@base-ui/react/popover';
import { Check, ChevronDown, Image as ImageIcon, Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelRef } from '../../../../shared/contract/chat.ts';
import type { ModelInfo } from '../../../../shared/contract/providers.ts';
import { RateText } from '../../../components/amount.tsx';
import { useErrorSentence } from '../../../components/error-sentence.ts';
import { Badge } from '../../../components/ui/badge.tsx';
import { Spinner } from '../../../components/ui/spinner.tsx';
import { cn } from '../../../lib/cn.ts';
import { hrefOf } from '../../../navigation/place.ts';
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

/** A provider in the list, in the shape the list wants its groups in. */
interface OptionGroup {
  readonly value: string;
  readonly group: ProviderModels;
  readonly items: readonly Option[];
}

function isSame(a: ModelRef | null, b: ModelRef): boolean {
  return a?.providerId === b.providerId && a.modelId === b.modelId;
}

/** The groups with the models whose name, or whose provider's name, holds every word of the query. */
function filterGroups(groups: readonly ProviderModels[], query: string): OptionGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return groups
    .map((group) => ({
      value: group.provider.id,
      group,
      items: group.models
        .filter((info) => words.every((word) => `${group.provider.name} ${info.id}`.toLowerCase().includes(word)))
        .map((info) => ({ info, ref: { providerId: group.provider.id, modelId: info.id } })),
    }))
    .filter(({ items }) => items.length > 0 || words.length === 0);
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

/** Models by provider, with a search field. */
export function ModelList({ groups, value, onChoose }: ModelListProps) {
  const { t } = useTranslation('chat');
  const [query, setQuery] = useState('');
  const filtered = useMemo(() => filterGroups(groups, query), [groups, query]);
  return (
    <Autocomplete.Root
      open
      inline
      mode="none"
      autoHighlight="always"
      keepHighlight
      items={filtered}
      value={query}
      onValueChange={setQuery}
      itemToStringValue={({ ref }: Option) => ref.modelId}
    >
      <div className="flex items-center gap-2 border-b px-3">
        <Search className="size-4 shrink-0 text-faint" aria-hidden />
        <Autocomplete.Input
          className="h-10 min-w-0 flex-1 bg-transparent outline-none"
          placeholder={t('model.search')}
          aria-label={t('model.search')}
        />
      </div>
      <Autocomplete.Empty className="px-3 text-center text-muted not-empty:py-6">
        {query === '' ? null : t('model.nothingFound')}
      </Autocomplete.Empty>
      <Autocomplete.List className="min-h-0 flex-1 scroll-py-1 overflow-y-auto p-1 empty:p-0">
        {(entry: OptionGroup) => (
          <Autocomplete.Group key={entry.value} items={entry.items} className="pb-1">
            <ProviderHeading group={entry.group} />
            <Autocomplete.Collection>
              {(option: Option) => (
                <ModelOption
                  key={option.info.id}
                  option={option}
                  showsRates={entry.group.provider.kind === 'remote'}
                  isChosen={isSame(value, option.ref)}
                  onChoose={onChoose}
                />
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
      <UnreachableProviders groups={groups} />
    </Autocomplete.Root>
  );
}

/** Providers that have no models to show, and why. */
function UnreachableProviders({ groups }: { groups: readonly ProviderModels[] }) {
  const { t } = useTranslation('common');
  const sentence = useErrorSentence();
  const unreachable = groups.filter(({ models, failure }) => models.length === 0 && failure !== null);
  if (unreachable.length === 0) return null;
  return (
    <div className="flex items-end justify-between gap-2 border-t px-3 py-2 text-sm text-muted">
      <ul>
        {unreachable.map(({ provider, failure }) => (
          <li key={provider.id}>
            {provider.name}: {failure && sentence(failure).title}
          </li>
        ))}
      </ul>
      <a
        href={hrefOf({ name: 'settings' })}
        className="shrink-0 rounded text-accent hover:underline"
        onClick={() => showModelPicker(false)}
      >
        {t('openSettings')}
      </a>
    </div>
  );
}

function ProviderHeading({ group: { provider, isLoading } }: { group: ProviderModels }) {
  const { t } = useTranslation('chat');
  return (
    <Autocomplete.GroupLabel className="flex items-center gap-2 px-2 pt-2 pb-1 text-xs text-faint">
      <span className="font-medium">{provider.name}</span>
      {provider.kind !== 'remote' && t(provider.kind === 'demo' ? 'model.demoHint' : 'model.localHint')}
      {isLoading && <Spinner className="size-3" />}
    </Autocomplete.GroupLabel>
  );
}

interface ModelOptionProps {
  option: Option;
  showsRates: boolean;
  isChosen: boolean;
  onChoose: (model: ModelRef) => void;
}

function ModelOption({ option, showsRates, isChosen, onChoose }: ModelOptionProps) {
  return (
    <Autocomplete.Item
      value={option}
      aria-current={isChosen || undefined}
      className="flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 outline-none data-highlighted:bg-hover"
      onClick={() => onChoose(option.ref)}
    >
      <span className="min-w-0 flex-1 truncate">{option.info.id}</span>
      {option.info.takesImages === true && <TakesImages />}
      {showsRates && <Rates info={option.info} />}
      <Check className={cn('size-4 shrink-0 text-accent', !isChosen && 'invisible')} aria-hidden />
    </Autocomplete.Item>
  );
}

/** That a model is known to take images. */
function TakesImages() {
  const { t } = useTranslation('images');
  return (
    <span title={t('taken')} className="shrink-0 text-faint">
      <ImageIcon className="size-3.5" aria-hidden />
      <span className="sr-only">{t('taken')}</span>
    </span>
  );
}

/** What a million tokens cost, in and out. */
function Rates({ info }: { info: ModelInfo }) {
  const { t } = useTranslation('chat');
  const isKnown = info.inputPerMillion !== null || info.outputPerMillion !== null;
  return (
    <span className="shrink-0 text-xs text-muted">
      {isKnown && <span>{t('model.rateIn')} </span>}
      <RateText usdPerMillion={info.inputPerMillion} />
      {isKnown && (
        <>
          <span> · {t('model.rateOut')} </span>
          <RateText usdPerMillion={info.outputPerMillion} />
        </>
      )}
    </span>
  );
}
