import type { Failure, Source } from '../../../shared/contract/chat.ts';
import type { StepAttribution } from '../providers/provider-clients.ts';

export interface RetrievalRequest {
  readonly query: string;
  readonly collectionIds: readonly string[];
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
}

export interface Retriever {
  retrieve(request: RetrievalRequest): Promise<RetrievalResult>;
}
