import type { Failure, SearchScope, Source } from '../../../shared/contract/chat.ts';
import type { RetrievalTrace } from '../../../shared/contract/trace.ts';
import type { StepAttribution } from '../providers/provider-clients.ts';

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
}

export interface RetrievalResult {
  /** Best first, ordinals from 1. */
  readonly sources: readonly Source[];
  /** Why vectors were left out, when they should have been used; never swallowed. */
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
}

export interface Retriever {
  retrieve(request: RetrievalRequest): Promise<RetrievalResult>;
  /** The first words of these passages as they stand now, by id; those deleted since are missing. */
  openings(passageIds: readonly string[]): Record<string, string>;
  /** The search without asking any model. `vectorSpace`: where the question would be embedded; null when nowhere. */
  preview(request: Omit<RetrievalRequest, 'attribution' | 'signal'>, vectorSpace: string | null): SearchPreview;
}
