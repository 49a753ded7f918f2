import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { ErrorMessage } from './components/error-message.tsx';
import { failureOf } from './components/error-sentence.ts';
import { Alert } from './components/ui/alert.tsx';
import { Spinner } from './components/ui/spinner.tsx';
import { ChatPage } from './features/chat/chat-page.tsx';
import { goTo, usePlace, type Place } from './navigation/place.ts';
import { useConnectionState } from './rpc/connection.ts';
import { useEventBridge } from './rpc/event-bridge.ts';
import { queries } from './rpc/queries.ts';
import { AppShell } from './shell/app-shell.tsx';
import { followSettings } from './shell/appearance.ts';
import { ConnectionBanner } from './shell/connection-banner.tsx';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import { SampleNotice } from './shell/sample-notice.tsx';

const DocumentsPage = lazy(async () => ({ default: (await import('./features/documents/documents-page.tsx')).DocumentsPage }));
const SpendPage = lazy(async () => ({ default: (await import('./features/spend/spend-page.tsx')).SpendPage }));
const LibraryPage = lazy(async () => ({ default: (await import('./features/library/library-page.tsx')).LibraryPage }));
const BillPage = lazy(async () => ({ default: (await import('./features/spend/bill/bill-page.tsx')).BillPage }));
const BudgetsPage = lazy(async () => ({ default: (await import('./features/spend/budgets/budgets-page.tsx')).BudgetsPage }));
const PricesPage = lazy(async () => ({ default: (await import('./features/spend/prices/prices-page.tsx')).PricesPage }));
const WhatIfPage = lazy(async () => ({ default: (await import('./features/spend/what-if/what-if-page.tsx')).WhatIfPage }));
const ReceiptsPage = lazy(async () => ({ default: (await import('./features/inspector/receipts/receipts-page.tsx')).ReceiptsPage }));
const SettingsPage = lazy(async () => ({ default: (await import('./features/settings/settings-page.tsx')).SettingsPage }));
const FirstRunPage = lazy(async () => ({ default: (await import('./features/first-run/first-run-page.tsx')).FirstRunPage }));

/** The whole page, under the notice a profile of sample data has. */
export function App() {
  return (
    <div className="flex h-full flex-col">
      <SampleNotice />
      <div className="min-h-0 flex-1">
        <AppContent />
      </div>
    </div>
  );
}

/** The first run, or the shell with the place the address names. */
function AppContent() {
  useEventBridge();
  const place = usePlace();
  const settings = useQuery(queries.settings());
  const conversations = useInfiniteQuery(queries.conversations());
  const [isFirstRunOver, setIsFirstRunOver] = useState(false);
  useRecoveryNotice();

  const { theme, locale, fontSizePx } = settings.data ?? {};
  useEffect(() => {
    if (theme !== undefined && locale !== undefined && fontSizePx !== undefined) void followSettings({ theme, locale, fontSizePx });
  }, [theme, locale, fontSizePx]);

  if (settings.isError) return <StartFailed error={settings.error} onRetry={() => void settings.refetch()} />;
  if (settings.isPending || conversations.isPending) return <Starting />;
  const hasConversations = (conversations.data?.pages[0]?.conversations.length ?? 0) > 0;
  if (!isFirstRunOver && !settings.data.onboardingDone && !hasConversations) {
    return (
      <Suspense fallback={<Starting />}>
        <FirstRunPage
          onDone={() => {
            setIsFirstRunOver(true);
            goTo({ name: 'chat', conversationId: null, messageId: null }, { replace: true });
          }}
        />
      </Suspense>
    );
  }
  return (
    <AppShell place={place}>
      <ErrorBoundary key={place.name}>
        <Suspense fallback={<Loading />}>
          <PlaceView place={place} />
        </Suspense>
      </ErrorBoundary>
    </AppShell>
  );
}

function PlaceView({ place }: { place: Place }) {
  switch (place.name) {
    case 'chat':
      return <ChatPage conversationId={place.conversationId} messageId={place.messageId} />;
    case 'receipts':
      return <ReceiptsPage key={place.conversationId} conversationId={place.conversationId} />;
    case 'documents':
      return <DocumentsPage />;
    case 'spend':
      return <SpendPlace place={place} />;
    case 'library':
      return <LibraryPage />;
    case 'settings':
      return <SettingsPage />;
  }
}

function SpendPlace({ place: { view = 'overview', priceOf } }: { place: Extract<Place, { name: 'spend' }> }) {
  switch (view) {
    case 'prices':
      return <PricesPage key={priceOf === undefined ? '' : `${priceOf.providerId} ${priceOf.model}`} priceOf={priceOf ?? null} />;
    case 'bill':
      return <BillPage />;
    case 'whatIf':
      return <WhatIfPage />;
    case 'overview':
      return <SpendPage />;
    case 'budgets':
      return <BudgetsPage />;
  }
}

/** Says once, at the start, that answers were cut off by the end of the last run. */
function useRecoveryNotice(): void {
  const { t } = useTranslation('shell');
  const info = useQuery(queries.appInfo());
  const count = info.data?.recoveredAnswerCount ?? 0;
  useEffect(() => {
    if (count > 0) toast(t('recovered', { count }), { id: 'recovered', duration: 12_000 });
  }, [count, t]);
}

function Loading() {
  const { t } = useTranslation('shell');
  return (
    <output className="flex h-full items-center justify-center gap-2 text-muted">
      <Spinner />
      <span className="sr-only">{t('loading')}</span>
    </output>
  );
}

function Starting() {
  return (
    <div className="flex h-full flex-col">
      <ConnectionBanner />
      <Loading />
    </div>
  );
}

function StartFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('shell');
  const isRefused = useConnectionState(({ state }) => state === 'refused');
  return (
    <div className="flex h-full p-6">
      <div className="m-auto w-full max-w-xl">
        {isRefused ? (
          <Alert tone="danger" title={t('connection.refusedTitle')}>
            {t('connection.refused')}
          </Alert>
        ) : (
          <ErrorMessage failure={failureOf(error)} onRetry={onRetry} />
        )}
      </div>
    </div>
  );
}
