import type { WhatIf } from '../../../../shared/contract/spend.ts';
import { csvLine, dollarsOf } from '../../../../shared/csv.ts';
import { cellsWithParts } from './what-if-cells.ts';

const columns = ['period', 'model', 'provider', 'kind', 'calls', 'costUsd', 'exactUsd', 'callsWithoutPrice', 'whatIfUsd'] as const;

/** Spent and what if by period and model, money to the nano-dollar as text. */
export function exportWhatIf(found: WhatIf, format: 'csv' | 'json'): string {
  const rows = cellsWithParts(found).map(({ period, part, real, whatIfNanos }) => ({
    period,
    model: part.name,
    provider: part.providerName,
    kind: part.providerKind,
    calls: real.callCount,
    costUsd: dollarsOf(real.costNanos),
    exactUsd: dollarsOf(real.exactNanos),
    callsWithoutPrice: real.noPriceCount,
    whatIfUsd: dollarsOf(whatIfNanos),
  }));
  if (format === 'json') return `${JSON.stringify(rows, null, 2)}\n`;
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))].map(csvLine).join('');
}
