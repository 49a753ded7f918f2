import type { CallbackManagerForRetrieverRun } from '@langchain/core/callbacks/manager';
import { Document } from '@langchain/core/documents';
import { BaseRetriever, type BaseRetrieverInput } from '@langchain/core/retrievers';
import type { Failure, Source } from '../../../shared/contract/chat.ts';
import type { RetrievalRequest, Retriever } from './retrieve.ts';

export interface TallyRetrieverInput extends BaseRetrieverInput {
  readonly retriever: Retriever;
  /** Everything of the search but its query. */
  readonly request: Omit<RetrievalRequest, 'query'>;
  /** Told of a search that had to do without vectors. */
  readonly onNotice?: (notice: Failure) => void;
}

/** The retriever as LangChain wants it: documents whose metadata is the `Source` they come from. One for each run. */
export class TallyRetriever extends BaseRetriever<Source> {
  static override lc_name(): string {
    return 'TallyRetriever';
  }

  override readonly lc_namespace: string[] = ['tally', 'retrieval'];
  readonly #input: TallyRetrieverInput;

  constructor(input: TallyRetrieverInput) {
    super(input);
    this.#input = input;
  }

  override async _getRelevantDocuments(query: string, _runManager?: CallbackManagerForRetrieverRun): Promise<Document<Source>[]> {
    const { retriever, request, onNotice } = this.#input;
    const { sources, notice } = await retriever.retrieve({ ...request, query });
    if (notice !== null) onNotice?.(notice);
    return sources.map((source) => new Document({ id: source.passageId, pageContent: source.text, metadata: source }));
  }
}
