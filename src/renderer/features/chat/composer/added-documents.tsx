import { useQuery } from '@tanstack/react-query';
import { CircleAlert, FileText, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DocumentInfo } from '../../../../shared/contract/documents.ts';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { Spinner } from '../../../components/ui/spinner.tsx';
import { queries } from '../../../rpc/queries.ts';

interface AddedDocumentsProps {
  ids: readonly string[];
  onDismiss: (id: string) => void;
}

/** The files dropped here a moment ago and how far their reading is. */
export function AddedDocuments({ ids, onDismiss }: AddedDocumentsProps) {
  const { t } = useTranslation('chat');
  const { data } = useQuery({ ...queries.documents(), enabled: ids.length > 0 });
  const shown = data?.documents.filter(({ id }) => ids.includes(id)) ?? [];
  if (shown.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-1.5 px-3 pt-3" aria-label={t('files.addedHere')}>
      {shown.map((document) => (
        <li key={document.id} className="flex h-7 max-w-64 items-center gap-1.5 rounded-md border bg-sunken pl-2 text-sm">
          <StatusIcon document={document} />
          <span className="truncate">{document.name}</span>
          {document.status !== 'ready' && <span className="shrink-0 text-faint">{t(`files.status.${document.status}`)}</span>}
          <IconButton
            size="sm"
            className="size-6"
            label={t('files.dismiss', { name: document.name })}
            onClick={() => onDismiss(document.id)}
          >
            <X className="size-3.5" aria-hidden />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}

function StatusIcon({ document }: { document: DocumentInfo }) {
  if (document.status === 'failed') return <CircleAlert className="size-3.5 shrink-0 text-danger" aria-hidden />;
  if (document.status === 'ready') return <FileText className="size-3.5 shrink-0 text-muted" aria-hidden />;
  return <Spinner className="size-3.5 text-muted" />;
}
