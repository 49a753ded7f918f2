import { rpc } from '../../../rpc/connection.ts';
import { choose, newConversationKey, useChoiceStore, type Asking } from '../choice-store.ts';
import type { ChatChoices } from '../use-chat-choices.ts';
import { ParametersPopover } from './parameters-popover.tsx';

/** The parameters of a chat. Those of one that has begun are stored as soon as the panel closes, so that they outlive the window. */
export function ChatParameters({ choices }: { choices: ChatChoices }) {
  const { abilities, conversationKey, parameters, systemPrompt } = choices;
  if (abilities === null) return null;
  const keep = (asking: Asking) => {
    const isChanged = useChoiceStore.getState().choices[conversationKey]?.parameters !== undefined;
    if (conversationKey === newConversationKey || !isChanged) return;
    // What cannot be stored now goes along with the next question all the same.
    rpc.call('conversations.setAsking', { conversationId: conversationKey, ...asking }).catch(() => undefined);
  };
  return (
    <ParametersPopover
      asking={{ parameters, systemPrompt }}
      abilities={abilities}
      onChange={(asking) => choose(conversationKey, { ...asking })}
      onDone={keep}
    />
  );
}
