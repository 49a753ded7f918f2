import type { ModelRef } from '../../../shared/contract/chat.ts';
import type { ModelParameters } from '../../../shared/contract/parameters.ts';
import { usualParameters } from '../../../shared/usual-parameters.ts';

/** Who named a conversation: the first words of its question, a model, or the user. */
export type TitleBy = 'text' | 'model' | 'user';

export interface ConversationRow {
  readonly id: string;
  readonly title: string;
  readonly titleBy: TitleBy;
  /** Last model used. */
  readonly model: ModelRef | null;
  readonly collectionIds: readonly string[];
  /** How its questions are asked. */
  readonly parameters: ModelParameters;
  readonly systemPrompt: string;
  /** Whom it was begun with, who may be gone; null: nobody. */
  readonly assistantId: string | null;
  /** The message the open branch ends with. */
  readonly leafMessageId: string | null;
  readonly folderId: string | null;
  readonly isPinned: boolean;
  readonly isArchived: boolean;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A row of `conversation` as `conversationColumns` reads it. */
export interface StoredConversation {
  id: string;
  title: string;
  titleBy: TitleBy;
  providerId: string | null;
  modelId: string | null;
  collectionIdsJson: string;
  parametersJson: string;
  systemPrompt: string;
  assistantId: string | null;
  leafMessageId: string | null;
  folderId: string | null;
  isPinned: 0 | 1;
  isArchived: 0 | 1;
  createdAt: number;
  updatedAt: number;
}

/** Columns of a StoredConversation, for SELECT from `conversation`. */
export const conversationColumns = `
  id, title, title_by AS titleBy, provider_id AS providerId, model_id AS modelId, collection_ids_json AS collectionIdsJson,
  parameters_json AS parametersJson, system_prompt AS systemPrompt, assistant_id AS assistantId, leaf_message_id AS leafMessageId,
  (SELECT folder_id FROM filed_conversation WHERE conversation_id = conversation.id) AS folderId,
  pinned_at IS NOT NULL AS isPinned, archived_at IS NOT NULL AS isArchived, created_at AS createdAt, updated_at AS updatedAt`;

/** The conversation a row holds. */
export function toConversation({
  providerId,
  modelId,
  collectionIdsJson,
  parametersJson,
  isPinned,
  isArchived,
  ...rest
}: StoredConversation): ConversationRow {
  return {
    ...rest,
    model: providerId !== null && modelId !== null ? { providerId, modelId } : null,
    // Written by the conversation store from a list of strings.
    collectionIds: JSON.parse(collectionIdsJson) as string[],
    // Written by the conversation store from parameters; a conversation from before they existed has none.
    parameters: { ...usualParameters, ...(JSON.parse(parametersJson) as Partial<ModelParameters>) },
    isPinned: isPinned === 1,
    isArchived: isArchived === 1,
  };
}
