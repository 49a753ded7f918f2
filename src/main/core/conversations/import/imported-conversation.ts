import type { FiledMessage } from '../../../../shared/contract/conversation-file.ts';
import type { ImportProblem } from '../../../../shared/contract/imports.ts';
import type { UsageRecord } from '../../../../shared/contract/usage.ts';

/** A message that is to be imported. Its times may be missing or absurd until it is arranged. */
export interface ImportedMessage extends Omit<FiledMessage, 'images' | 'modelId' | 'createdAt'> {
  /** Images it was sent with, which the file does not hold, by name. */
  readonly missingImages: readonly string[];
  readonly createdAt: number | null;
}

/** A conversation as it was read from a file, whichever program wrote it. */
export interface ImportedConversation {
  readonly source: 'chatgpt' | 'tally';
  /** What it is called there. */
  readonly sourceId: string;
  readonly title: string;
  readonly systemPrompt: string;
  readonly leafMessageId: string | null;
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
  readonly messages: readonly ImportedMessage[];
  readonly otherCalls: readonly UsageRecord[];
}

/** One that is whole: every message stands behind the one it follows, and has its time. */
export interface ArrangedConversation extends ImportedConversation {
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly messages: readonly (ImportedMessage & { readonly createdAt: number })[];
  /** The same for the same content, hex. */
  readonly contentHash: string;
}

/** Why a conversation is left out. It never leaves the import. */
export class UnreadableConversation extends Error {
  override readonly name = 'UnreadableConversation';
  readonly problem: ImportProblem;
  readonly title: string | null;

  constructor(problem: ImportProblem, title: string | null = null) {
    super(problem);
    this.problem = problem;
    this.title = title;
  }
}
