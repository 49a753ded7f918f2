import { memo } from 'react';
import { choose } from '../choice-store.ts';
import type { ChatChoices } from '../use-chat-choices.ts';
import { ChatParameters } from './chat-parameters.tsx';
import { ComparePicker } from './compare-picker.tsx';
import { DocumentsPicker } from './documents-picker.tsx';
import { ModelPicker } from './model-picker.tsx';

/** Whom the question is asked, how, and over which documents. Not drawn again for every letter that is typed. */
export const ComposerPickers = memo(function ComposerPickers({
  choices,
  isLimited,
}: {
  choices: ChatChoices;
  /** The question itself says which documents it is about. */
  isLimited: boolean;
}) {
  return (
    <>
      <ModelPicker
        groups={choices.groups}
        value={choices.model}
        isLoading={choices.isLoadingModels}
        onChange={(model) => choose(choices.conversationKey, { model })}
      />
      <ComparePicker choices={choices} />
      <ChatParameters choices={choices} />
      {!isLimited && <DocumentsPicker choices={choices} />}
    </>
  );
});
