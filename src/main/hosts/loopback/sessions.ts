import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const tokenBytes = 32;
/** Printed and not yet used; the oldest beyond this stop working. */
const maxOpenTokens = 4;
const maxSessions = 64;
/** Used ones are remembered, to tell a second use from a guess. */
const maxUsedTokens = 64;
const wrongAttemptsPerMinute = 20;

export type TradeResult = { readonly outcome: 'traded'; readonly session: string } | { readonly outcome: 'used' | 'wrong' | 'limited' };

export interface Sessions {
  /** A new one-time token for a URL: 256 random bits. */
  issueToken(): string;
  /** Turns a one-time token into a session, once. Guesses beyond 20 a minute are `limited`. */
  trade(token: string): TradeResult;
  isOpen(session: string): boolean;
}

/** One-time tokens and sessions, as digests in memory: nothing here can be presented again, and a restart ends all. */
export function createSessions(now: () => number): Sessions {
  const openTokens: Buffer[] = [];
  const usedTokens: Buffer[] = [];
  const openSessions: Buffer[] = [];
  let wrongAttempts: number[] = [];

  function refuse(outcome: 'used' | 'wrong'): TradeResult {
    wrongAttempts = wrongAttempts.filter((at) => at > now() - 60_000);
    if (wrongAttempts.length >= wrongAttemptsPerMinute) return { outcome: 'limited' };
    wrongAttempts.push(now());
    return { outcome };
  }

  return {
    issueToken() {
      const token = newToken();
      remember(openTokens, digestOf(token), maxOpenTokens);
      return token;
    },
    trade(token) {
      const digest = digestOf(token);
      const index = find(openTokens, digest);
      if (index === -1) return refuse(find(usedTokens, digest) === -1 ? 'wrong' : 'used');
      openTokens.splice(index, 1);
      remember(usedTokens, digest, maxUsedTokens);
      const session = newToken();
      remember(openSessions, digestOf(session), maxSessions);
      return { outcome: 'traded', session };
    },
    isOpen: (session) => find(openSessions, digestOf(session)) !== -1,
  };
}

function newToken(): string {
  return randomBytes(tokenBytes).toString('base64url');
}

/** Digests have one length, which `timingSafeEqual` needs, whatever was sent. */
function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Compares with every one, each in constant time, so that the time taken tells nothing. */
function find(digests: readonly Buffer[], wanted: Buffer): number {
  let found = -1;
  for (const [index, digest] of digests.entries()) {
    if (timingSafeEqual(digest, wanted)) found = index;
  }
  return found;
}

function remember(digests: Buffer[], digest: Buffer, limit: number): void {
  digests.push(digest);
  if (digests.length > limit) digests.shift();
}
