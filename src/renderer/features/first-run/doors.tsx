import { Cpu, KeyRound, Sparkles, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Provider } from '../../../shared/contract/providers.ts';
import { EnvironmentOffer } from '../../components/environment-offer.tsx';

export type DoorName = 'key' | 'local' | 'demo';

const icons: Readonly<Record<DoorName, LucideIcon>> = { key: KeyRound, local: Cpu, demo: Sparkles };
const doorNames: readonly DoorName[] = ['key', 'local', 'demo'];

interface DoorsProps {
  onOpen: (door: DoorName) => void;
  onImported: (provider: Provider) => void;
}

/** The three ways in. */
export function Doors({ onOpen, onImported }: DoorsProps) {
  const { t } = useTranslation('firstRun');
  return (
    <div className="flex w-full max-w-4xl flex-col items-center">
      <h1 className="text-3xl font-semibold tracking-tight text-balance">{t('welcome')}</h1>
      <p className="mt-2 max-w-xl text-center text-lg text-pretty text-muted">{t('promise')}</p>
      <ul className="mt-10 grid w-full gap-3 sm:grid-cols-3">
        {doorNames.map((door) => {
          const Icon = icons[door];
          return (
            <li key={door}>
              <button
                type="button"
                onClick={() => onOpen(door)}
                className="group flex size-full flex-col items-start rounded-xl border bg-raised p-5 text-left shadow-xs transition-colors hover:border-accent hover:bg-accent-soft"
              >
                <span aria-hidden className="flex size-9 items-center justify-center rounded-lg bg-accent-soft text-accent">
                  <Icon className="size-4.5" />
                </span>
                <span className="mt-4 text-lg font-semibold text-balance">{t(`door.${door}.title`)}</span>
                <span className="mt-1 text-pretty text-muted">{t(`door.${door}.body`)}</span>
              </button>
            </li>
          );
        })}
      </ul>
      <EnvironmentOffer className="mt-3 w-full" onImported={onImported} />
    </div>
  );
}
