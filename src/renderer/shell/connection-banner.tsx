import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Spinner } from '../components/ui/spinner.tsx';
import { useConnectionState } from '../rpc/connection.ts';

/** A shorter loss than this is not worth a word. */
const graceMs = 500;

/** Says when the page cannot reach the core. */
export function ConnectionBanner() {
  const { t } = useTranslation('shell');
  const state = useConnectionState((connection) => connection.state);
  if (state === 'reconnecting') return <Reconnecting />;
  if (state !== 'refused') return null;
  return (
    <p role="alert" className="shrink-0 bg-danger-soft px-4 py-2 text-center text-danger">
      <strong className="font-medium">{t('connection.refusedTitle')}</strong> {t('connection.refused')}
    </p>
  );
}

function Reconnecting() {
  const { t } = useTranslation('shell');
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), graceMs);
    return () => clearTimeout(timer);
  }, []);
  if (!isLong) return null;
  return (
    <output className="flex shrink-0 items-center justify-center gap-2 bg-warn-soft px-4 py-2 text-warn">
      <Spinner className="size-3.5" />
      {t('connection.reconnecting')}
    </output>
  );
}
