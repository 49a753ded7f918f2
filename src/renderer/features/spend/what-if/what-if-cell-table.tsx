import { Download } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { WhatIf } from '../../../../shared/contract/spend.ts';
import { AmountTotalText } from '../../../components/amount.tsx';
import { LongTableBody } from '../../../components/long-table-body.tsx';
import { Card } from '../../../components/ui/card.tsx';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { Menu, MenuItem } from '../../../components/ui/menu.tsx';
import { cn } from '../../../lib/cn.ts';
import { mediaTypes, saveFile } from '../../../lib/save-file.ts';
import type { PeriodText } from '../period-text.ts';
import type { Unit } from '../spend-range.ts';
import { cellsWithParts } from './what-if-cells.ts';
import { exportWhatIf } from './what-if-export.ts';
import { WouldHaveCost } from './would-have-cost.tsx';

const grid =
  'grid items-baseline gap-x-4 grid-cols-[6.5rem_minmax(0,1fr)_4.5rem_4.5rem] px-3 py-1.5 sm:grid-cols-[9rem_minmax(0,1fr)_6rem_11rem]';

/** What each model has of each period, spent and what if, to read and to save. */
export function WhatIfCellTable({ found, unit, periodText }: { found: WhatIf; unit: Unit; periodText: PeriodText }) {
  const { t } = useTranslation(['whatIf', 'spend']);
  const scrollRef = useRef<HTMLDivElement>(null);
  const cells = useMemo(() => cellsWithParts(found), [found]);
  const title = t(`whatIf:cells.${unit}`);
  const save = (format: 'csv' | 'json') =>
    saveFile(`tally-what-if-${found.from}-${found.to}.${format}`, exportWhatIf(found, format), mediaTypes[format]);
  return (
    <Card className="min-w-0">
      <div className="flex items-center justify-between gap-3 px-3 pt-2 pb-1">
        <h2 className="font-semibold">{title}</h2>
        <Menu
          trigger={
            <IconButton size="sm" label={t('whatIf:save')} className="print:hidden">
              <Download className="size-4" aria-hidden />
            </IconButton>
          }
        >
          <MenuItem onSelect={() => save('csv')}>{t('spend:out.chartCsv')}</MenuItem>
          <MenuItem onSelect={() => save('json')}>{t('spend:out.chartJson')}</MenuItem>
        </Menu>
      </div>
      {/* A region that scrolls must be reachable with the keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={scrollRef} tabIndex={0} className="focus-inset max-h-96 overflow-y-auto print:max-h-none">
        <table aria-label={title} className="block text-sm tabular">
          <thead className="sticky top-0 z-10 block bg-raised text-muted">
            <tr className={cn(grid, 'border-b')}>
              <th scope="col" className="text-left font-normal">
                {t(`whatIf:by.${unit}`)}
              </th>
              <th scope="col" className="text-left font-normal">
                {t('whatIf:column.model')}
              </th>
              <th scope="col" className="text-right font-normal">
                {t('whatIf:column.real')}
              </th>
              <th scope="col" className="text-right font-normal">
                {t('whatIf:column.whatIf')}
              </th>
            </tr>
          </thead>
          <LongTableBody
            count={cells.length}
            estimatedHeightPx={33}
            scrollRef={scrollRef}
            keyOf={(index) => `${cells[index]?.period ?? ''} ${cells[index]?.key ?? ''}`}
          >
            {(index, placement) => {
              const cell = cells[index];
              if (cell === undefined) return null;
              const { period, part, real, whatIfNanos } = cell;
              return (
                <tr {...placement} className={cn(grid, 'border-b')}>
                  <td className="whitespace-nowrap text-muted">{periodText.long(period)}</td>
                  <th scope="row" className="truncate text-left font-normal" title={part.providerName ?? undefined}>
                    {part.name}
                  </th>
                  <td className="text-right">
                    <AmountTotalText total={real} />
                  </td>
                  <td className="text-right">
                    <WouldHaveCost costNanos={whatIfNanos} kind={part.providerKind} />
                  </td>
                </tr>
              );
            }}
          </LongTableBody>
        </table>
      </div>
    </Card>
  );
}
