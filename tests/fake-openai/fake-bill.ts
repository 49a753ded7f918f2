/** USD per million tokens. */
export interface FakeRate {
  readonly input: number;
  readonly cached: number;
  readonly cacheWrite: number;
  readonly cacheWrite12h: number;
  readonly output: number;
}

function rate(input: number, cached: number, cacheWrite: number, output: number, cacheWrite12h = cacheWrite): FakeRate {
  return { input, cached, cacheWrite, cacheWrite12h, output };
}

/** What this server charges: OpenAI's list prices, written down here a second time so that the app's book is not its own witness. */
export const defaultRates: Readonly<Record<string, FakeRate>> = {
  'gpt-6.1-terra': rate(1, 0.05, 1.25, 5, 2.5),
  'gpt-5.6-terra': rate(2, 0.2, 2.5, 12),
  'gpt-5.6-luna': rate(0.2, 0.02, 0.25, 1.2),
  'gpt-5.4-mini': rate(0.75, 0.075, 0.75, 4.5),
  'gpt-4.1-mini': rate(0.4, 0.1, 0.4, 1.6),
  'gpt-4o': rate(2.5, 1.25, 2.5, 10),
  'gpt-4o-mini': rate(0.15, 0.075, 0.15, 0.6),
  'text-embedding-3-small': rate(0.02, 0.02, 0.02, 0),
};

/** One line of the server's own account. */
export interface BilledCall {
  /** The id the reply carries. */
  readonly id: string;
  readonly path: string;
  readonly model: string;
  /** All of the prompt, the cached and written parts included. */
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly cacheWriteTokens: number;
  /** The part of `cacheWriteTokens` kept for twelve hours. */
  readonly cacheWrite12hTokens: number;
  /** Reasoning included; up to the disconnect when the client left. */
  readonly completionTokens: number;
  readonly reasoningTokens: number;
  /** False while it runs and when the client left or a fault cut it off. */
  readonly complete: boolean;
  /** Nano-USD; 0 for a model without a rate. */
  readonly billedNanos: number;
}

/** A call that is being generated; the bill grows with it. */
export interface OpenBill {
  promptTokens: number;
  cachedTokens: number;
  cacheWriteTokens: number;
  cacheWrite12hTokens: number;
  completionTokens: number;
  reasoningTokens: number;
  complete: boolean;
}

/** The server's account. */
export interface FakeAccount {
  open(id: string, path: string, model: string, promptTokens: number): OpenBill;
  /** What stands on the account for the reply of that id. */
  byId(id: string): BilledCall | undefined;
  bill(): readonly BilledCall[];
}

/** Keeps the account at the given rates. */
export function createFakeAccount(rates: Readonly<Record<string, FakeRate>>): FakeAccount {
  const calls: { id: string; path: string; model: string; line: OpenBill }[] = [];
  const billed = ({ id, path, model, line }: (typeof calls)[number]): BilledCall => ({
    id,
    path,
    model,
    ...line,
    billedNanos: nanosOf(line, rates[model]),
  });
  return {
    open(id, path, model, promptTokens) {
      const line: OpenBill = {
        promptTokens,
        cachedTokens: 0,
        cacheWriteTokens: 0,
        cacheWrite12hTokens: 0,
        completionTokens: 0,
        reasoningTokens: 0,
        complete: false,
      };
      calls.push({ id, path, model, line });
      return line;
    },
    byId(id) {
      const call = calls.find((each) => each.id === id);
      return call && billed(call);
    },
    bill: () => calls.map(billed),
  };
}

/** USD per million tokens is a thousand nano-USD per token. */
function nanosOf(line: OpenBill, rate: FakeRate | undefined): number {
  if (!rate) return 0;
  const plain = line.promptTokens - line.cachedTokens - line.cacheWriteTokens;
  const usdPerMillion =
    plain * rate.input +
    line.cachedTokens * rate.cached +
    (line.cacheWriteTokens - line.cacheWrite12hTokens) * rate.cacheWrite +
    line.cacheWrite12hTokens * rate.cacheWrite12h +
    line.completionTokens * rate.output;
  return Math.round(usdPerMillion * 1_000);
}
