import { useTranslation } from 'react-i18next';
import type { BudgetOverride } from '../../../../shared/contract/budgets.ts';
import { limitText } from '../../../components/amount-text.ts';
import { useBudgetName } from '../../../components/budget-bar.tsx';
import { Card } from '../../../components/ui/card.tsx';
import { useFormat } from '../../../lib/format.ts';
import { hrefOf } from '../../../navigation/place.ts';

/** When limits were passed over or raised, newest first. */
export function OverrideLog({ overrides }: { overrides: readonly BudgetOverride[] }) {
  const { t } = useTranslation('budgets');
  const format = useFormat();
  if (overrides.length === 0) return null;
  return (
    <section className="mt-8" aria-label={t('log.title')}>
      <h2 className="mb-3 text-lg font-semibold">{t('log.title')}</h2>
      <Card>
        <ul className="divide-y">
          {overrides.map((override) => (
            <li key={override.id} className="flex flex-wrap items-baseline gap-x-4 px-4 py-2.5">
              <span className="w-32 text-sm text-muted tabular">{format.shortDateTime(override.at)}</span>
              <OverrideText override={override} />
            </li>
          ))}
        </ul>
      </Card>
    </section>
  );
}

function OverrideText({ override }: { override: BudgetOverride }) {
  const { t, i18n } = useTranslation('budgets');
  const name = useBudgetName()(override);
  const limit = (nanos: number): string => limitText(nanos, i18n.language);
  const { kind, atLimit, limitNanos, newLimitNanos, conversationId } = override;
  const text =
    kind === 'sent_once' || newLimitNanos === null
      ? `${t(atLimit === 'block' ? 'log.overridden' : 'log.sentOnce')} ${limit(limitNanos)}`
      : `${t('log.raised')} ${limit(limitNanos)} ${t('log.to')} ${limit(newLimitNanos)}`;
  return (
    <span className="min-w-0 flex-1">
      {conversationId === null ? (
        text
      ) : (
        <a href={hrefOf({ name: 'chat', conversationId, messageId: null })} className="text-accent hover:underline">
          {text}
        </a>
      )}{' '}
      <span className="text-muted">{name}</span>
    </span>
  );
}
