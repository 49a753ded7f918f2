/** What a reply may take, in time and in size. */
export interface ReplyLimits {
  /** Longest silence of a server that is writing. */
  readonly idleMs: number;
  /** Longest silence while a model may be thinking, or loading on this computer, before it writes anything. */
  readonly quietMs: number;
  readonly maxEventChars: number;
  readonly maxReplyBytes: number;
  /** How long a stopped answer may be read on for its exact cost, and how much of it. */
  readonly readOnMs: number;
  readonly maxReadOnBytes: number;
}

/** 64 MiB is far beyond any answer; ten minutes is what OpenAI's own client waits for a reply. */
export const defaultReplyLimits: ReplyLimits = {
  idleMs: 60_000,
  quietMs: 600_000,
  maxEventChars: 1024 * 1024,
  maxReplyBytes: 64 * 1024 * 1024,
  readOnMs: 60_000,
  maxReadOnBytes: 8 * 1024 * 1024,
};
