import { EyeOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ModelRef } from '../../../../shared/contract/chat.ts';
import { Button } from '../../../components/ui/button.tsx';
import { choose, showModelPicker } from '../choice-store.ts';
import type { ChatChoices } from '../use-chat-choices.ts';
import { isBlind, seeingModel } from './seeing-models.ts';

/** Above the message field, where a question has images: which of the models that would be asked cannot see them, and what helps. */
export function BlindModelStrips({ choices }: { choices: ChatChoices }) {
  const { t } = useTranslation(['images', 'chat', 'branches']);
  const { groups, model, compareWith, conversationKey } = choices;
  const asked = [model, compareWith].filter((each) => each !== null);
  return asked
    .filter((each) => isBlind(groups, each))
    .map((blind) => (
      <BlindModelStrip
        key={blind === model ? 'first' : 'second'}
        blind={blind}
        seeing={seeingModel(groups, blind, asked)}
        onChoose={(seeing) => choose(conversationKey, blind === model ? { model: seeing } : { compareWith: seeing })}
        otherwise={blind === model ? t('chat:model.other') : t('branches:stopComparing', { model: blind.modelId })}
        onOtherwise={() => (blind === model ? showModelPicker(true) : choose(conversationKey, { compareWith: null }))}
      />
    ));
}

interface BlindModelStripProps {
  blind: ModelRef;
  /** null: none is known. */
  seeing: ModelRef | null;
  onChoose: (model: ModelRef) => void;
  /** What else can be done. */
  otherwise: string;
  onOtherwise: () => void;
}

function BlindModelStrip({ blind, seeing, onChoose, otherwise, onOtherwise }: BlindModelStripProps) {
  const { t } = useTranslation('images');
  return (
    <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg bg-warn-soft px-3 py-2">
      <EyeOff aria-hidden className="size-4 shrink-0 text-warn" />
      <output className="flex-[1_0_calc(100%-2rem)] text-pretty wrap-anywhere">{t('blind', { model: blind.modelId })}</output>
      <span className="ml-7 flex min-w-0 flex-wrap gap-1.5">
        {seeing !== null && (
          <Button size="sm" className="max-w-full" onClick={() => onChoose(seeing)}>
            <span className="truncate">{t('useInstead', { model: seeing.modelId })}</span>
          </Button>
        )}
        <Button size="sm" variant={seeing === null ? 'secondary' : 'ghost'} onClick={onOtherwise}>
          {otherwise}
        </Button>
      </span>
    </div>
  );
}
