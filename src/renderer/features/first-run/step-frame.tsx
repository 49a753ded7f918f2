import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/ui/button.tsx';

interface StepFrameProps {
  title: string;
  hint?: string;
  onBack: () => void;
  children: ReactNode;
}

/** A step behind one of the doors, with the way back. */
export function StepFrame({ title, hint, onBack, children }: StepFrameProps) {
  const { t } = useTranslation('firstRun');
  return (
    <div className="w-full max-w-md">
      <Button variant="ghost" size="sm" className="mb-4 -ml-2.5" onClick={onBack}>
        <ArrowLeft className="size-4" aria-hidden />
        {t('back')}
      </Button>
      <h1 className="text-2xl font-semibold text-balance">{title}</h1>
      {hint !== undefined && <p className="mt-1 text-pretty text-muted">{hint}</p>}
      <div className="mt-6">{children}</div>
    </div>
  );
}
