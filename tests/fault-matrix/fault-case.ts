import type { ErrorCode } from '../../src/shared/error-codes.ts';
import type { Amount } from '../../src/shared/amount.ts';
import type { Outcome, Purpose } from '../../src/shared/contract/usage.ts';
import type { ReplyLimits } from '../../src/main/core/spend/reply-limits.ts';
import type { FakeReply } from '../fake-openai/start-fake-openai.ts';

/** What an attempt is to be booked as; the error code is null when it is left out. */
export type Booked = readonly [outcome: Outcome, exactness: Amount['exactness'], errorCode?: ErrorCode];

/** One way a call can go, and what is to be booked for it. */
export interface FaultCase {
  readonly name: string;
  /** Default: an answer. */
  readonly purpose?: Purpose;
  /** Default: gpt-4o-mini. */
  readonly model?: string;
  /** Who is called. Default: OpenAI. */
  readonly address?: 'openai' | 'openrouter';
  /** The server's replies, one after the other. */
  readonly replies: readonly FakeReply[];
  /** The call is stopped when so many tokens have been read, or before the server has answered. */
  readonly stopAfter?: number | 'nothing';
  /** The server goes on only when so many tokens have been read. */
  readonly readFirst?: number;
  readonly finishStopped?: boolean;
  readonly countInputByProvider?: boolean;
  readonly limits?: Partial<ReplyLimits>;
  /** How many attempts find nobody at the address. Default: 0. */
  readonly unreachable?: number;
  /** One entry for each attempt. */
  readonly booked: readonly Booked[];
}

/** The tokens every answer of the matrix has. */
export const tokens: readonly string[] = ['The ', 'rent ', 'is ', 'due ', 'monthly.'];
/** An attempt that was refused before the model ran costs exactly nothing. */
export const refused = (code: ErrorCode): Booked => ['failed', 'exact', code];
export const answered: Booked = ['done', 'exact'];
