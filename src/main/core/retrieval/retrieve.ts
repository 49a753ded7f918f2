import type { Failure, SearchScope, Source } from '../../../shared/contract/chat.ts';
import type { RetrievalTrace } from '../../../shared/contract/trace.ts';
import type { StepAttribution } from '../providers/provider-clients.ts';

/** A model that helps with a search. Each of its steps is a call that costs; null: it is not wanted. */
export interface SearchAssistant {
  /** Other ways to search for the same. */
  readonly furtherQueries: ((query: string) => Promise<readonly string[]>) | null;
  /** The places, from 0, of the passages that help, most helpful first. */
  readonly rerank: ((query: string, passages: readonly string[]) => Promise<readonly number[]>) | null;
}

export interface RetrievalRequest {
  readonly query: string;
  readonly collectionIds: readonly string[];
  /** Searched instead of the collections; null or absent: the collections are. */
  readonly scope?: SearchScope | null;
  /** Most passages to return. */
  readonly limit: number;
  /** Most tokens all passages together may have. */
  readonly tokenBudget: number;
  readonly attribution: Omit<StepAttribution, 'purpose' | 'documentId'>;
  readonly signal: AbortSignal;
  readonly assistant?: SearchAssistant;
}

export interface RetrievalResult {
  /** Best first, ordinals from 1. */
  readonly sources: readonly Source[];
  /** Why vectors were left out, or an assistant did not help, when they should have; never swallowed. */
  readonly notice: Failure | null;
  /** How they were found, and what became of the others. */
  readonly trace: RetrievalTrace;
}

/** What can be found at once and for nothing. */
export interface SearchPreview {
  /** Found by words alone; best first, ordinals from 1. */
  readonly sources: readonly Source[];
  /** What a search would have embedded besides; null when it would not. */
  readonly embeddedText: string | null;
  /** The passages that would be ranked again, where that is wanted. */
  readonly rankable: readonly string[];
}

export interface Retriever {
  retrieve(request: RetrievalRequest): Promise<RetrievalResult>;
  /**
   * Brings into memory, little by little, what the first search by vectors would wait for: the codes of all documents that are
   * ready, the newest first. Rejects with the signal's reason or an error of the database.
   */
  loadAhead(vectorSpace: string, signal: AbortSignal): Promise<void>;
  /** The first words of these passages as they stand now, by id; those deleted since are missing. */
  openings(passageIds: readonly string[]): Record<string, string>;
  /** The search without asking any model. `vectorSpace`: where the question would be embedded; null when nowhere. */
  preview(request: Omit<RetrievalRequest, 'attribution' | 'signal' | 'assistant'>, vectorSpace: string | null): SearchPreview;
}
