/** The parameters of a chat where nothing is said about them. */
export const usualParameters = {
  temperature: null,
  maxOutputTokens: null,
  reasoningEffort: null,
  serviceTier: null,
  historyTurns: null,
} as const;
