import { useTranslation } from 'react-i18next';
import type { BranchContext } from '../../../shared/contract/context.ts';
import { useFormat } from '../../lib/format.ts';

/** What is said of messages that are left out because fewer turns were chosen; null where none is. */
export function useUnchosen(context: Pick<BranchContext, 'unchosenTurnCount' | 'historyTurns'> | undefined): string | null {
  const { t } = useTranslation('context');
  const format = useFormat();
  if (context === undefined || context.historyTurns === null || context.unchosenTurnCount === 0) return null;
  const { unchosenTurnCount: count, historyTurns } = context;
  const turns = historyTurns === 0 ? t('noTurns') : t('lastTurns', { count: historyTurns, formatted: format.count(historyTurns) });
  return t('leftOutChosen', { count, formatted: format.count(count), turns });
}
