import { useTranslation } from 'react-i18next';
import type { ProviderKind } from '../../../../shared/contract/usage.ts';
import { WhatIfText } from '../../../components/amount.tsx';

/** What calls come to at the other prices. Those that cost nothing, of this computer and the demo, would have cost it. */
export function WouldHaveCost({ costNanos, kind }: { costNanos: number; kind: ProviderKind | null }) {
  const { t } = useTranslation('whatIf');
  const isFree = kind === 'local' || kind === 'demo';
  return (
    <>
      {isFree && <span className="text-muted max-sm:sr-only">{t('wouldHaveCost')} </span>}
      <WhatIfText costNanos={costNanos} />
    </>
  );
}
