/** A passage to be marked on its page. */
export interface MarkedPassage {
  readonly id: string;
  /** 1-based. */
  readonly page: number;
  readonly text: string;
  /** Where on its page it begins, from 0 to 1. */
  readonly near: number;
}

/** Why a page cannot be shown with its passage marked. */
export type PdfProblem = 'unreadable' | 'unmatched';
