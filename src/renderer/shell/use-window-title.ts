import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { totalTexts } from '../components/amount-text.ts';
import { queries } from '../rpc/queries.ts';
import { useUnread } from '../runs/unread-store.ts';

/** Names the window by what was spent today, behind the number of answers nobody has looked at: `(1) ≈ $0.04 today · Tally`. */
export function useWindowTitle(): void {
  const { t, i18n } = useTranslation(['shell', 'common']);
  const { t: common } = useTranslation();
  const today = useQuery(queries.spendTotals()).data?.today;
  const unreadCount = useUnread(({ ids }) => ids.length);
  const name =
    today === undefined || today.callCount === 0 ? 'Tally' : t('windowTitle', { amount: totalTexts(today, i18n.language, common).short });
  useEffect(() => {
    document.title = unreadCount === 0 ? name : `(${String(unreadCount)}) ${name}`;
  }, [name, unreadCount]);
}
