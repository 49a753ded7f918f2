import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/format.ts';

const secondMs = 1_000;

function wholeSecondsUntil(epochMs: number): number {
  return Math.max(secondMs, Math.ceil((epochMs - Date.now()) / secondMs) * secondMs);
}

/** How long the provider has asked to be left alone. The seconds run down for the eye; screen readers hear them once. */
export function ProviderWait({ retryAt }: { retryAt: number }) {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const [asked] = useState(() => wholeSecondsUntil(retryAt));
  const [left, setLeft] = useState(asked);
  useEffect(() => {
    const timer = setInterval(() => setLeft(wholeSecondsUntil(retryAt)), secondMs);
    return () => clearInterval(timer);
  }, [retryAt]);
  return (
    <span className="tabular">
      <span aria-hidden>{t('stage.waiting', { time: format.duration(left) })}</span>
      <span className="sr-only">{t('stage.waiting', { time: format.duration(asked) })}</span>
    </span>
  );
}
