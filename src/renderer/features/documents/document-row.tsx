import { useMutation } from '@tanstack/react-query';
import { EllipsisVertical, FileCode, FileSpreadsheet, FileText, FolderInput, RotateCw, Trash2 } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { DocumentInfo } from '../../../shared/contract/documents.ts';
import { AmountTotalText } from '../../components/amount.tsx';
import { useErrorSentence, failureOf } from '../../components/error-sentence.ts';
import type { RowPlacement } from '../../components/long-table-body.tsx';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../components/ui/menu.tsx';
import { cn } from '../../lib/cn.ts';
import { useFormat } from '../../lib/format.ts';
import { mutation } from '../../rpc/queries.ts';
import { DocumentCard } from './document-card.tsx';
import { DocumentState } from './document-state.tsx';

/** The columns of the list; the narrower the page, the fewer. */
export const rowGrid =
  'grid items-center gap-x-4 grid-cols-[minmax(0,1fr)_10rem_5.5rem_2rem] lg:grid-cols-[minmax(0,1fr)_10.5rem_4rem_5rem_5rem_5.5rem_5.5rem_2rem]';

/** Cells that only a wide page has room for. */
export const wideCell = 'hidden lg:block';

function KindIcon({ mediaType }: { mediaType: string }) {
  const className = 'mt-0.5 size-4 shrink-0 text-faint';
  if (/csv|sheet|excel|tab-separated/.test(mediaType)) return <FileSpreadsheet className={className} aria-hidden />;
  const isCode = /json|javascript|typescript|x-|xml|yaml/.test(mediaType) && !mediaType.includes('officedocument');
  return isCode ? <FileCode className={className} aria-hidden /> : <FileText className={className} aria-hidden />;
}

interface DocumentNameProps {
  name: string;
  mediaType: string;
  /** Whose card opens behind the name; without one the name is only text. */
  document?: DocumentInfo;
  below?: ReactNode;
}

/** A file's name, with the folder it came in before it, quieter. */
export function DocumentName({ name, mediaType, document, below }: DocumentNameProps) {
  const folderEnd = name.lastIndexOf('/') + 1;
  const text = (
    <>
      <span className="text-faint">{name.slice(0, folderEnd)}</span>
      {name.slice(folderEnd)}
    </>
  );
  return (
    <div className="flex min-w-0 items-start gap-2.5">
      <KindIcon mediaType={mediaType} />
      <div className="min-w-0">
        {document === undefined ? (
          <p className="truncate" title={name}>
            {text}
          </p>
        ) : (
          <DocumentCard
            document={document}
            trigger={
              <button type="button" title={name} className="block max-w-full truncate rounded-sm text-left hover:underline">
                {text}
              </button>
            }
          />
        )}
        {below}
      </div>
    </div>
  );
}

function Remark({ tone, children }: { tone: 'danger' | 'muted'; children: ReactNode }) {
  return <p className={cn('text-sm text-pretty', tone === 'danger' ? 'text-danger' : 'text-muted')}>{children}</p>;
}

function DocumentRemark({ document }: { document: DocumentInfo }) {
  const { t } = useTranslation('documents');
  const sentenceOf = useErrorSentence();
  if (document.failure !== null) {
    return <Remark tone="danger">{sentenceOf(document.failure).text}</Remark>;
  }
  if (document.notice !== null) {
    return <Remark tone="muted">{`${t('withoutVectors')} ${sentenceOf(document.notice).title}`}</Remark>;
  }
  if (document.status === 'ready' && !document.hasVectors) return <Remark tone="muted">{t('withoutVectors')}</Remark>;
  return null;
}

function DocumentActions({ document, onMove }: { document: DocumentInfo; onMove: (() => void) | null }) {
  const { t } = useTranslation('documents');
  const common = useTranslation('common').t;
  const sentenceOf = useErrorSentence();
  const onError = (error: unknown) => void toast.error(sentenceOf(failureOf(error)).title);
  const remove = useMutation({ ...mutation('documents.remove'), onError });
  const restore = useMutation({ ...mutation('documents.restore'), onError });
  const retry = useMutation({ ...mutation('documents.retry'), onError });
  const documentId = document.id;
  const offerUndo = () =>
    toast(t('removed', { name: document.name }), {
      action: { label: common('undo'), onClick: () => restore.mutate({ documentId }) },
    });
  const canRetry = document.status === 'failed' || (document.status === 'ready' && !document.hasVectors);
  return (
    <Menu
      trigger={
        <IconButton label={t('actionsFor', { name: document.name })} size="sm" tooltipSide="left">
          <EllipsisVertical className="size-4" aria-hidden />
        </IconButton>
      }
    >
      {canRetry && (
        <>
          <MenuItem icon={<RotateCw aria-hidden />} onSelect={() => retry.mutate({ documentId })}>
            {document.status === 'failed' ? t('retry') : t('makeVectors')}
          </MenuItem>
          <MenuSeparator />
        </>
      )}
      {onMove !== null && (
        <MenuItem icon={<FolderInput aria-hidden />} onSelect={onMove}>
          {t('move.action')}
        </MenuItem>
      )}
      <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={() => remove.mutate({ documentId }, { onSuccess: offerUndo })}>
        {common('remove')}
      </MenuItem>
    </Menu>
  );
}

interface DocumentRowProps {
  document: DocumentInfo;
  today: string;
  placement: RowPlacement;
  /** null: there is nowhere else to move it. */
  onMove: ((document: DocumentInfo) => void) | null;
}

/** One document of the list. */
export function DocumentRow({ placement, ...cells }: DocumentRowProps) {
  return (
    <tr {...placement} className={cn(rowGrid, 'border-b px-3 py-2.5 hover:bg-sunken')}>
      <DocumentCells {...cells} />
    </tr>
  );
}

/** Drawn anew only when the document has changed: while a folder is indexed the list changes several times a second. */
const DocumentCells = memo(function DocumentCells({ document, today, onMove }: Omit<DocumentRowProps, 'placement'>) {
  const format = useFormat();
  const number = (value: number | null) => (value === null ? '–' : format.count(value));
  const numberCell = cn(wideCell, 'text-right text-muted tabular');
  return (
    <>
      <td className="min-w-0">
        <DocumentName
          name={document.name}
          mediaType={document.mediaType}
          document={document}
          below={<DocumentRemark document={document} />}
        />
      </td>
      <td className="min-w-0">
        <DocumentState document={document} />
      </td>
      <td className={numberCell}>{number(document.pageCount)}</td>
      <td className={numberCell}>{format.count(document.passageCount)}</td>
      <td className={numberCell}>{number(document.tokenCount)}</td>
      <td className="text-right">
        <AmountTotalText total={document.indexingTotal} className="text-muted" />
      </td>
      <td className={numberCell}>{format.dayOf(document.addedAt, today)}</td>
      <td>
        <DocumentActions document={document} onMove={onMove === null ? null : () => onMove(document)} />
      </td>
    </>
  );
});
