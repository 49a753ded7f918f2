import { useTranslation } from 'react-i18next';
import { Segments } from '../../components/ui/segments.tsx';
import { useCollections } from '../../components/use-collections.ts';

interface AssistantCollectionsProps {
  /** null: those new chats have; empty: none. */
  chosenIds: readonly string[] | null;
  onChange: (ids: string[] | null) => void;
}

/** Which documents an assistant searches. */
export function AssistantCollections({ chosenIds, onChange }: AssistantCollectionsProps) {
  const { t } = useTranslation('library');
  const collections = useCollections();
  const mode = chosenIds === null ? 'usual' : 'own';
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-sm font-medium">{t('collections.title')}</legend>
      <Segments
        label={t('collections.title')}
        value={mode}
        options={[
          { value: 'usual', label: t('collections.usual') },
          { value: 'own', label: t('collections.own') },
        ]}
        className="self-start"
        onChange={(value) => onChange(value === 'usual' ? null : [])}
      />
      {chosenIds !== null && (
        <div className="flex flex-col gap-1">
          {collections.map(({ id, name }) => (
            <label key={id} className="flex items-center gap-2">
              <input
                type="checkbox"
                className="accent-accent"
                checked={chosenIds.includes(id)}
                onChange={(event) => onChange(event.target.checked ? [...chosenIds, id] : chosenIds.filter((other) => other !== id))}
              />
              {name}
            </label>
          ))}
          {chosenIds.length === 0 && <p className="text-sm text-muted">{t('collections.none')}</p>}
        </div>
      )}
    </fieldset>
  );
}
