import type { ModelRef } from '../../../shared/contract/chat.ts';
import type { AttachedImage } from '../../../shared/contract/images.ts';
import type { ConversationStore } from '../conversations/conversation-store.ts';
import type { AppEvents } from '../events.ts';
import type { Logger } from '../ports.ts';
import { failureOf } from '../providers/describe-failure.ts';
import type { ProviderClients } from '../providers/provider-clients.ts';
import { withImageWords } from './image-content.ts';
import { titleMessages } from './prompt.ts';

/** Longest title, in UTF-16 code units. */
const maxTitleChars = 80;

export interface TitleDeps {
  readonly conversations: ConversationStore;
  readonly clients: ProviderClients;
  readonly events: AppEvents;
  readonly log: Logger;
}

export interface TitleRequest {
  readonly runId: string;
  readonly conversationId: string;
  readonly answerId: string;
  readonly model: ModelRef;
  readonly question: string;
  readonly images: readonly AttachedImage[];
  readonly answer: string;
}

/** A title to begin with: the first line of the question, cut at a word. */
export function titleFromText(text: string): string {
  const line = text.trim().split('\n', 1)[0]?.replaceAll(/\s+/g, ' ') ?? '';
  if (line.length <= maxTitleChars) return line;
  const cut = line.slice(0, maxTitleChars).toWellFormed();
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), maxTitleChars / 2))}…`;
}

/**
 * Asks the small model for a better title after the first answer. The call is booked with the answer it followed.
 * A title is not worth an error: when it cannot be had, the first line stays. A title the user gave is kept.
 */
export async function titleConversation(deps: TitleDeps, request: TitleRequest, signal: AbortSignal): Promise<void> {
  const { runId, conversationId, answerId: messageId } = request;
  try {
    const model = deps.clients.smallModelOf(request.model);
    const client = await deps.clients.chatModel(model, { runId, conversationId, messageId, documentId: null, purpose: 'title' });
    const reply = await client.model.invoke(titleMessages(withImageWords(request.question, request.images), request.answer), { signal });
    await client.call.settled();
    const title = cleanTitle(reply.text);
    if (title === '' || deps.conversations.get(conversationId)?.titleBy !== 'text') return;
    deps.conversations.setTitle(conversationId, title, 'model');
    deps.events.emit({ type: 'conversation.changed', conversationId });
  } catch (error) {
    deps.log.info('title.skipped', { conversationId, code: failureOf(error, { signal }).code });
  }
}

function cleanTitle(reply: string): string {
  const line = reply.trim().split('\n', 1)[0] ?? '';
  return titleFromText(line.replaceAll(/^["'「『“*#\s]+|["'」』”*.。\s]+$/g, ''));
}
