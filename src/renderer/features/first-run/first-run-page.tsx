import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/ui/button.tsx';
import { Segments } from '../../components/ui/segments.tsx';
import { useMutation } from '@tanstack/react-query';
import { mutation } from '../../rpc/queries.ts';
import { DemoStep } from './demo-step.tsx';
import { Doors, type DoorName } from './doors.tsx';
import { KeyStep } from './key-step.tsx';
import { LocalStep } from './local-step.tsx';
import { ModelStep } from './model-step.tsx';
import { useFinish, type Finish } from './use-finish.ts';

const languages = [
  { value: 'en', label: 'English' },
  { value: 'ja', label: '日本語' },
] as const;

type Step = { readonly name: 'doors' } | { readonly name: DoorName } | { readonly name: 'model'; readonly providerId: string };

interface StepViewProps {
  step: Step;
  finish: Finish;
  onStep: (step: Step) => void;
}

function StepView({ step, finish, onStep }: StepViewProps) {
  const toDoors = () => onStep({ name: 'doors' });
  const toModel = (providerId: string) => onStep({ name: 'model', providerId });
  switch (step.name) {
    case 'doors':
      return <Doors onOpen={(name) => onStep({ name })} onImported={({ id }) => toModel(id)} />;
    case 'key':
      return <KeyStep onBack={toDoors} onConnected={toModel} />;
    case 'local':
      return <LocalStep onBack={toDoors} onConnected={toModel} />;
    case 'model':
      return <ModelStep providerId={step.providerId} finish={finish} onBack={toDoors} />;
    case 'demo':
      return <DemoStep finish={finish} onBack={toDoors} />;
  }
}

/** The first start: three doors, each a few clicks from a first answer. */
export function FirstRunPage({ onDone }: { onDone: () => void }) {
  const { t, i18n } = useTranslation('firstRun');
  const [step, setStep] = useState<Step>({ name: 'doors' });
  const finish = useFinish(onDone);
  const setLanguage = useMutation(mutation('settings.update'));
  return (
    <div className="flex h-full flex-col overflow-y-auto">
      <header className="flex items-center justify-end px-6 py-4">
        <Segments
          label={t('language')}
          value={i18n.language === 'ja' ? 'ja' : 'en'}
          options={languages}
          onChange={(locale) => setLanguage.mutate({ locale })}
        />
      </header>
      <main className="flex flex-1 flex-col items-center justify-center px-6 py-8">
        <StepView step={step} finish={finish} onStep={setStep} />
      </main>
      <footer className="flex justify-center px-6 py-5">
        <Button variant="ghost" busy={finish.isPending && step.name === 'doors'} onClick={() => finish.run({})}>
          {t('skip')}
        </Button>
      </footer>
    </div>
  );
}
