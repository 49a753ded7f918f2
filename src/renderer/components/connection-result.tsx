import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/contract/chat.ts';
import { useFormat } from '../lib/format.ts';
import { ErrorMessage } from './error-message.tsx';
import { Alert } from './ui/alert.tsx';

/** What a connection test found. */
export interface ConnectionTest {
  readonly ok: boolean;
  readonly failure: Failure | null;
  readonly modelCount: number | null;
  readonly durationMs: number;
}

/** The result of a connection test in words: that it works, or what is wrong and what to do. */
export function ConnectionResult({ result, className }: { result: ConnectionTest; className?: string }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  if (!result.ok)
    return <ErrorMessage failure={result.failure ?? { code: 'INTERNAL' }} {...(className === undefined ? {} : { className })} />;
  const duration = format.duration(result.durationMs);
  return (
    <Alert tone="ok" {...(className === undefined ? {} : { className })}>
      {result.modelCount === null
        ? t('providers.testOkPlain', { duration })
        : t('providers.testOk', { count: result.modelCount, formatted: format.count(result.modelCount), duration })}
    </Alert>
  );
}
