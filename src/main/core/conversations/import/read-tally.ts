import { z } from 'zod';
import { filedConversation } from '../../../../shared/contract/conversation-file.ts';
import { UnreadableConversation, type ImportedConversation } from './imported-conversation.ts';

/** Reads one conversation of a file of Tally's own. Throws UnreadableConversation. */
export function readTally(value: unknown): ImportedConversation {
  const parsed = filedConversation.safeParse(value);
  if (!parsed.success) {
    const titled = z.object({ title: z.string() }).safeParse(value);
    throw new UnreadableConversation('not_a_conversation', titled.success ? titled.data.title.slice(0, 200) : null);
  }
  const { id, messages, ...conversation } = parsed.data;
  return {
    ...conversation,
    source: 'tally',
    sourceId: id,
    messages: messages.map(({ images, modelId, modelLabel, ...message }) => ({
      ...message,
      // A question cannot have failed.
      status: message.role === 'user' ? 'done' : message.status,
      modelLabel: modelLabel ?? modelId,
      missingImages: images.map(({ name }) => name),
    })),
  };
}
