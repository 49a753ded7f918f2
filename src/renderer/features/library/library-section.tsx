import { Pencil, Trash2 } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../components/ui/card.tsx';
import { IconButton } from '../../components/ui/icon-button.tsx';

interface LibrarySectionProps {
  title: string;
  description: string;
  action: ReactNode;
  children: ReactNode;
}

/** One kind of entries, with the way to a new one. */
export function LibrarySection({ title, description, action, children }: LibrarySectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mb-9 last:mb-0">
      <div className="mb-3 flex flex-wrap items-end justify-between gap-2">
        <div className="min-w-0 flex-1 basis-80">
          <h2 id={id} className="text-lg font-semibold">
            {title}
          </h2>
          <p className="text-sm text-pretty text-muted">{description}</p>
        </div>
        {action}
      </div>
      <Card className="divide-y">{children}</Card>
    </section>
  );
}

interface LibraryRowProps {
  name: string;
  text: string;
  icon: ReactNode;
  onEdit: () => void;
  onRemove: () => void;
}

/** An entry: its name, how it begins, and what can be done with it. */
export function LibraryRow({ name, text, icon, onEdit, onRemove }: LibraryRowProps) {
  const { t } = useTranslation('library');
  return (
    <div className="flex items-center gap-3 px-4 py-2.5">
      {icon}
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{name}</p>
        {text !== '' && <p className="truncate text-sm text-muted">{text}</p>}
      </div>
      <IconButton size="sm" label={t('edit', { name })} onClick={onEdit}>
        <Pencil className="size-4" aria-hidden />
      </IconButton>
      <IconButton size="sm" label={t('remove', { name })} onClick={onRemove}>
        <Trash2 className="size-4" aria-hidden />
      </IconButton>
    </div>
  );
}
