import { useQuery } from '@tanstack/react-query';
import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { Card } from '../../components/ui/card.tsx';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { Skeleton } from '../../components/ui/skeleton.tsx';
import { queries } from '../../rpc/queries.ts';
import { SettingsSection } from './settings-section.tsx';

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-6 px-4 py-2.5">
      <dt className="shrink-0 text-muted">{label}</dt>
      <dd className="flex min-w-0 items-center gap-1 text-right break-all">{children}</dd>
    </div>
  );
}

/** Which Tally this is and where it keeps things. */
export function AboutSection() {
  const { t } = useTranslation('settings');
  const common = useTranslation('common').t;
  const info = useQuery(queries.appInfo());
  return (
    <SettingsSection title={t('about.title')}>
      {info.isPending && <Skeleton className="h-32 w-full" />}
      {info.isError && <ErrorMessage failure={failureOf(info.error)} onRetry={() => void info.refetch()} />}
      {info.data !== undefined && (
        <Card>
          <dl className="divide-y">
            <Fact label={t('about.version')}>{info.data.version}</Fact>
            <Fact label={t('about.dataDir')}>
              <span className="font-mono text-sm">{info.data.dataDir}</span>
              <IconButton
                label={t('about.copyPath')}
                size="sm"
                onClick={() => void navigator.clipboard.writeText(info.data.dataDir).then(() => toast(common('copied')))}
              >
                <Copy className="size-3.5" aria-hidden />
              </IconButton>
            </Fact>
            <Fact label={t('about.timeZone')}>{info.data.timeZone}</Fact>
          </dl>
          <p className="border-t px-4 py-2.5 text-sm text-muted">{t('about.privacy')}</p>
        </Card>
      )}
    </SettingsSection>
  );
}
