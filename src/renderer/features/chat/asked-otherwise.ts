import type { ModelRef } from '../../../shared/contract/chat.ts';
import type { ModelParameters } from '../../../shared/contract/parameters.ts';

/** What is to be different when a question is answered again. */
export interface AskedOtherwise {
  readonly model?: ModelRef;
  /** The answer it is to be shown beside. */
  readonly besideAnswerId?: string;
  /** The parameter to leave out from now on. */
  readonly without?: keyof ModelParameters;
}
