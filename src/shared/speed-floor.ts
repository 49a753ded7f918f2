/**
 * A call shorter than this has no speed: it came in one or two pieces, whose distance says more about the connection than about the
 * model. Output tokens, and milliseconds from the first token to the last.
 */
export const speedFloor = { outputTokens: 20, writingMs: 500 } as const;
