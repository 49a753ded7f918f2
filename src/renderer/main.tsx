import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { hostGlobal } from '../shared/rpc/handshake.ts';
import { App } from './app.tsx';
import { UiRoot } from './components/ui-root.tsx';
import { initI18n } from './i18n/i18n.ts';
import { keepConnected } from './rpc/connection.ts';
import { openElectronTransport } from './rpc/electron-transport.ts';
import { queryClient } from './rpc/query-client.ts';
import { takeToken, webSocketOpener } from './rpc/ws-transport.ts';
import { applyAppearance, followSystemTheme, rememberedAppearance } from './shell/appearance.ts';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import './styles.css';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element.');

// First of all: the address must not keep the token.
const token = takeToken();
const isElectron = Reflect.get(window, hostGlobal) === 'electron';
void keepConnected(isElectron ? openElectronTransport : webSocketOpener(token));

const remembered = rememberedAppearance();
await initI18n(remembered.locale);
applyAppearance(remembered);
followSystemTheme();

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <UiRoot>
        <ErrorBoundary>
          <App />
        </ErrorBoundary>
      </UiRoot>
    </QueryClientProvider>
  </StrictMode>,
);
