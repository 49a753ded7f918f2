import { Columns2, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { choose } from '../choice-store.ts';
import { ModelDialog } from '../model-dialog.tsx';
import type { ChatChoices } from '../use-chat-choices.ts';

/** A second model for the next question: a button, and its name with a way back once it is chosen. */
export function ComparePicker({ choices }: { choices: ChatChoices }) {
  const { t } = useTranslation('branches');
  const [isChoosing, setIsChoosing] = useState(false);
  const { compareWith, conversationKey } = choices;
  if (choices.model === null) return null;
  return (
    <>
      {compareWith === null ? (
        <IconButton size="sm" label={t('compare')} onClick={() => setIsChoosing(true)}>
          <Columns2 className="size-4" aria-hidden />
        </IconButton>
      ) : (
        <span className="flex h-7 min-w-0 items-center rounded-md bg-accent-soft pl-2 text-sm text-accent">
          <button
            type="button"
            aria-label={t('comparedWith', { model: compareWith.modelId })}
            className="max-w-40 truncate rounded"
            onClick={() => setIsChoosing(true)}
          >
            {t('beside', { model: compareWith.modelId })}
          </button>
          <IconButton
            size="sm"
            className="size-6 text-accent"
            label={t('stopComparing', { model: compareWith.modelId })}
            onClick={() => choose(conversationKey, { compareWith: null })}
          >
            <X className="size-3.5" aria-hidden />
          </IconButton>
        </span>
      )}
      {isChoosing && (
        <ModelDialog
          title={t('compare')}
          value={compareWith}
          onChoose={(model) => choose(conversationKey, { compareWith: model })}
          onClose={() => setIsChoosing(false)}
        />
      )}
    </>
  );
}
