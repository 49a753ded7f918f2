/** The conversation as a tree: versions, removal and comparison. */
export const branches = {
  more: 'More for this answer',
  againWith: 'Answer again with…',
  compareWith: 'Compare with…',
  remove: 'Delete',
  removeQuestion: 'Delete question',
  removed: 'Deleted, with all that followed.',
  chooseAgain: 'Answer again with another model',
  chooseCompare: 'Compare with another model',
  comparison: 'Two answers side by side',
  goOn: 'Continue with this one',
  isNext: 'The next question follows this one',
  stop: 'Stop {{model}}',
  compare: 'Compare two models',
  comparedWith: 'Also ask {{model}}',
  beside: 'and {{model}}',
  stopComparing: 'Do not ask {{model}}',
} as const;
