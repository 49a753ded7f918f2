/** A passage one search found. */
export interface Hit {
  /** `passage.row_id`. */
  readonly rowId: number;
  /** Higher is better; comparable only within one search. */
  readonly score: number;
}
