import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components/ui/button.tsx';

interface ErrorBoundaryProps {
  children: ReactNode;
}

/** Keeps a fault in one place from taking the window with it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? <Crash onAgain={() => this.setState({ hasFailed: false })} /> : this.props.children;
  }
}

function Crash({ onAgain }: { onAgain: () => void }) {
  const { t } = useTranslation('shell');
  return (
    <div role="alert" className="flex h-full flex-col items-center justify-center gap-3 p-6 text-center">
      <h1 className="text-lg font-semibold">{t('crash.title')}</h1>
      <p className="max-w-md text-pretty text-muted">{t('crash.help')}</p>
      <div className="flex gap-2">
        <Button variant="primary" onClick={onAgain}>
          {t('crash.again')}
        </Button>
        <Button onClick={() => window.location.reload()}>{t('crash.reload')}</Button>
      </div>
    </div>
  );
}
