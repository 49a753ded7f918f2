import { useTranslation } from 'react-i18next';
import type { SpendMeasures, SpendPart, SpendSplit } from '../../../shared/contract/spend.ts';
import { AmountTotalText, ExactShare } from '../../components/amount.tsx';
import { Badge } from '../../components/ui/badge.tsx';
import { Card } from '../../components/ui/card.tsx';
import { cn } from '../../lib/cn.ts';
import { useFormat } from '../../lib/format.ts';
import { colourOf } from './chart-data.ts';
import { MeasureValue } from './measure-value.tsx';
import { usePartName } from './part-name.tsx';
import type { SpendView } from './spend-view.ts';

interface PartTableProps {
  split: SpendSplit;
  view: SpendView;
  onOpen: (part: string) => void;
}

const columns = ['calls', 'input', 'cached', 'output', 'speed', 'saved', 'cost'] as const;
/** Left out where there is little room. */
const wideOnly: ReadonlySet<string> = new Set(['cached', 'speed', 'saved']);
const wideCell = 'hidden lg:table-cell print:table-cell';

/** Every part of the split with all its figures, the largest first; each leads to its calls. */
export function PartTable({ split, view, onOpen }: PartTableProps) {
  const { t } = useTranslation('spend');
  const title = t('parts.title', { split: t(`and.${view.split}`) });
  return (
    <Card className="overflow-x-auto p-4">
      <div className="mb-2 flex items-baseline justify-between gap-4">
        <h2 id="parts-title" className="font-semibold">
          {title}
        </h2>
        <ExactShare total={split.total.total} className="text-xs text-faint" />
      </div>
      {view.split === 'folder' && <p className="mb-1 text-sm text-muted">{t('parts.ofFolders')}</p>}
      <table aria-labelledby="parts-title" className="w-full border-collapse text-sm tabular">
        <thead className="text-muted">
          <tr>
            <th scope="col" className="py-1.5 text-left font-normal">
              {t(`split.${view.split}`)}
            </th>
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                className={cn('py-1.5 pl-3 text-right font-normal whitespace-nowrap', wideOnly.has(column) && wideCell)}
              >
                {t(`parts.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {split.parts.map((part, index) => (
            <PartRow
              key={part.key}
              part={part}
              view={view}
              colour={colourOf(split, index)}
              isChosen={view.part === part.key}
              onOpen={() => onOpen(part.key)}
            />
          ))}
        </tbody>
        <tfoot>
          {split.none.total.callCount > 0 && (
            <tr className="border-t text-muted">
              <th scope="row" className="py-1.5 text-left font-normal">
                {t(`none.${view.split}`)}
              </th>
              <Figures measures={split.none} />
            </tr>
          )}
          <tr className="border-t font-medium">
            <th scope="row" className="py-1.5 text-left font-medium">
              {split.hasMore ? t('parts.allWithOthers') : t('parts.all')}
            </th>
            <Figures measures={split.total} />
          </tr>
        </tfoot>
      </table>
    </Card>
  );
}

interface PartRowProps {
  part: SpendPart;
  view: SpendView;
  colour: string;
  isChosen: boolean;
  onOpen: () => void;
}

function PartRow({ part, view, colour, isChosen, onOpen }: PartRowProps) {
  const { t } = useTranslation('spend');
  const nameOf = usePartName(view.split);
  return (
    <tr className={cn('border-t hover:bg-sunken', isChosen && 'bg-accent-soft hover:bg-accent-soft')}>
      <th scope="row" className="max-w-64 py-1.5 text-left font-normal">
        <span className="flex min-w-0 items-center gap-2">
          <span aria-hidden className="swatch size-2.5 shrink-0 rounded-xs" style={{ background: colour }} />
          <button
            type="button"
            onClick={onOpen}
            aria-pressed={isChosen}
            className={cn(
              'truncate rounded-sm text-left hover:text-accent hover:underline',
              part.name === null && view.split !== 'purpose' && 'text-muted',
            )}
          >
            {nameOf(part)}
          </button>
          {part.providerKind !== null && part.providerKind !== 'remote' && <Badge>{t(`calls.${part.providerKind}`)}</Badge>}
        </span>
        {view.split === 'model' && <span className="block truncate pl-4.5 text-xs text-faint">{part.providerName}</span>}
      </th>
      <Figures measures={part.measures} />
    </tr>
  );
}

function Figures({ measures }: { measures: SpendMeasures }) {
  const format = useFormat();
  const cell = 'py-1.5 pl-3 text-right text-muted';
  return (
    <>
      <td className={cell}>{format.count(measures.total.callCount)}</td>
      <td className={cell}>{format.count(measures.inputTokens)}</td>
      <td className={cn(cell, wideCell)}>{format.count(measures.cacheReadTokens)}</td>
      <td className={cell}>{format.count(measures.outputTokens)}</td>
      <td className={cn(cell, wideCell)}>
        <MeasureValue measure="speed" measures={measures} />
      </td>
      <td className={cn(cell, wideCell)}>
        <MeasureValue measure="savings" measures={measures} />
      </td>
      <td className="py-1.5 pl-3 text-right">
        <AmountTotalText total={measures.total} />
      </td>
    </>
  );
}
