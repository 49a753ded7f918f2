import { useMutation, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Collection } from '../../../shared/contract/documents.ts';
import type { PassageSettings } from '../../../shared/contract/passage-settings.ts';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { Button } from '../../components/ui/button.tsx';
import { Dialog } from '../../components/ui/dialog.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Select } from '../../components/ui/select.tsx';
import { Switch } from '../../components/ui/switch.tsx';
import { useFormat } from '../../lib/format.ts';
import { mutation, queries } from '../../rpc/queries.ts';
import { PassagesPreview } from './passages-preview.tsx';

const sizes = [128, 256, 384, 500, 800, 1_200, 2_000] as const;
const overlaps = [0, 30, 60, 120, 240] as const;
/** Documents offered to try it on; more make no better choice. */
const maxOffered = 200;

interface PassagesDialogProps {
  collection: Collection;
  isOpen: boolean;
  onClose: () => void;
}

/** Chooses how a collection's documents are cut, and shows on one of them what that does before anything is read again. */
export function PassagesDialog({ collection, isOpen, onClose }: PassagesDialogProps) {
  const { t } = useTranslation('passages');
  const { data: current } = useQuery({ ...queries.passageSettings(collection.id), enabled: isOpen });
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={t('title', { name: collection.name })}
      description={t('body')}
      className="w-[min(46rem,calc(100vw-2rem))]"
    >
      {current !== undefined && <PassagesForm key={collection.id} collection={collection} current={current} onClose={onClose} />}
    </Dialog>
  );
}

interface FormProps {
  collection: Collection;
  current: PassageSettings;
  onClose: () => void;
}

function PassagesForm({ collection, current, onClose }: FormProps) {
  const { t } = useTranslation('passages');
  const common = useTranslation('common').t;
  const sentenceOf = useErrorSentence();
  const [settings, setSettings] = useState(current);
  const save = useMutation({ ...mutation('documents.setPassageSettings'), onSuccess: onClose });
  const isChanged = JSON.stringify(settings) !== JSON.stringify(current);
  return (
    <div className="flex flex-col gap-4">
      <Choices settings={settings} onChange={setSettings} />
      <Trial collectionId={collection.id} settings={settings} />
      <div className="flex flex-wrap items-center justify-end gap-2 border-t pt-3">
        <output className="mr-auto text-sm text-muted">
          {save.isError ? <span className="text-danger">{sentenceOf(failureOf(save.error)).title}</span> : !isChanged && t('unchanged')}
        </output>
        <Button onClick={onClose}>{common('cancel')}</Button>
        <Button
          variant="primary"
          disabled={!isChanged}
          busy={save.isPending}
          onClick={() => save.mutate({ collectionId: collection.id, settings })}
        >
          {t('save')}
        </Button>
      </div>
    </div>
  );
}

function Choices({ settings, onChange }: { settings: PassageSettings; onChange: (settings: PassageSettings) => void }) {
  const { t } = useTranslation('passages');
  const format = useFormat();
  const option = (tokens: number) => ({
    value: String(tokens),
    label: tokens === 0 ? t('none') : t('tokens', { count: tokens, formatted: format.count(tokens) }),
  });
  const withChosen = (offered: readonly number[], chosen: number) =>
    [...new Set([...offered, chosen])].toSorted((a, b) => a - b).map(option);
  const fitting = overlaps.filter((overlap) => overlap <= settings.maxTokens / 2);

  function setSize(maxTokens: number): void {
    onChange({ ...settings, maxTokens, overlapTokens: Math.min(settings.overlapTokens, Math.floor(maxTokens / 2)) });
  }

  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('size')}>
        <Select
          value={String(settings.maxTokens)}
          options={withChosen(sizes, settings.maxTokens)}
          onChange={(size) => setSize(Number(size))}
        />
      </Field>
      <Field label={t('overlap')} hint={t('overlapHint')}>
        <Select
          value={String(settings.overlapTokens)}
          options={withChosen(fitting, settings.overlapTokens)}
          onChange={(overlap) => onChange({ ...settings, overlapTokens: Number(overlap) })}
        />
      </Field>
      <div className="sm:col-span-2">
        <Switch
          label={t('onStructure')}
          description={t('onStructureHint')}
          checked={settings.onStructure}
          onCheckedChange={(onStructure) => onChange({ ...settings, onStructure })}
        />
      </div>
    </div>
  );
}

function Trial({ collectionId, settings }: { collectionId: string; settings: PassageSettings }) {
  const { t } = useTranslation('passages');
  const { data: list } = useQuery(queries.documents(collectionId));
  const [wishedId, setWishedId] = useState<string | null>(null);
  const deferred = useDeferredValue(settings);
  const readable = list?.documents.filter(({ passageCount }) => passageCount > 0).slice(0, maxOffered) ?? [];
  const chosen = readable.find(({ id }) => id === wishedId) ?? readable[0];
  if (list === undefined) return null;
  if (chosen === undefined) return <p className="text-sm text-muted">{t('noDocuments')}</p>;
  return (
    <>
      <Field label={t('document')}>
        <Select value={chosen.id} options={readable.map(({ id, name }) => ({ value: id, label: name }))} onChange={setWishedId} />
      </Field>
      <PassagesPreview documentId={chosen.id} settings={deferred} />
    </>
  );
}
