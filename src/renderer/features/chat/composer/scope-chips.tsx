import { FileText, FolderOpen, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import type { ScopePlace } from '../scope.ts';

interface ScopeChipsProps {
  places: readonly ScopePlace[];
  onRemove: (place: ScopePlace) => void;
}

/** What the next question is limited to. */
export function ScopeChips({ places, onRemove }: ScopeChipsProps) {
  const { t } = useTranslation('composer');
  if (places.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-1.5 px-3 pt-3" aria-label={t('scope.name')}>
      {places.map((place) => (
        <li
          key={`${place.kind} ${place.id}`}
          className="flex h-7 max-w-64 items-center gap-1.5 rounded-md bg-accent-soft pl-2 text-sm text-accent"
        >
          <PlaceIcon kind={place.kind} />
          <span className="truncate">{place.name}</span>
          <IconButton
            size="sm"
            className="size-6 text-accent hover:text-accent"
            label={t('scope.remove', { name: place.name })}
            onClick={() => onRemove(place)}
          >
            <X className="size-3.5" aria-hidden />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}

/** A sheet for a document, a folder for a collection. */
export function PlaceIcon({ kind }: Pick<ScopePlace, 'kind'>) {
  const Icon = kind === 'document' ? FileText : FolderOpen;
  return <Icon className="size-3.5 shrink-0" aria-hidden />;
}
