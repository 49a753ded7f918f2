import { earlyReason, type Disagreement, type InputCount, type Judgement } from './judge.ts';

/** How far estimates of the input are from what was billed, over the requests that can be counted whole. */
export interface InputError {
  readonly count: number;
  readonly exactShare: number;
  /** Shares of what was billed; 0.05 is five percent off. */
  readonly medianError: number;
  readonly p95Error: number;
  /** Those that could be corrected by what the exchanges before had shown, as counted and corrected; null where there is none. */
  readonly calibrated: CalibratedError | null;
  /** All that was billed over all that was estimated: above 1 the estimate is too low. */
  readonly bias: number;
}

export interface CalibratedError {
  readonly count: number;
  readonly medianBefore: number;
  readonly medianAfter: number;
  readonly p95Before: number;
  readonly p95After: number;
}

export interface Group {
  readonly host: string;
  readonly model: string;
  readonly exchanges: number;
  /** Exchanges whose usage the provider reported, and those of them read to the token. */
  readonly reported: number;
  readonly exact: number;
  readonly input: InputError | null;
  /** Requests with input that cannot be counted here. */
  readonly uncounted: number;
  /** Charges the provider named, those the price book has a price for, and those of them it agrees with to the nano-dollar. */
  readonly reportedCosts: number;
  readonly pricedCosts: number;
  readonly equalCosts: number;
}

export interface Family {
  readonly name: string;
  /** Prompts of plain text. */
  readonly text: InputError | null;
  /** Prompts with functions, pictures or a schema for the answer. */
  readonly other: InputError | null;
}

export interface Outcome {
  readonly exchanges: number;
  readonly usage: { readonly reported: number; readonly exact: number; readonly misread: number };
  readonly groups: readonly Group[];
  readonly families: readonly Family[];
  readonly disagreements: readonly Disagreement[];
}

/** Models whose tokens are counted alike. The first name that fits counts. */
const families: readonly (readonly [name: string, model: RegExp])[] = [
  ['GPT-4o, GPT-4.1', /^(?:openai\/)?gpt-4(?:o|\.1)(?!-search)/u],
  ['GPT-5, o-series', /^(?:openai\/)?(?:gpt-[5-9]|o\d)/u],
  ['OpenAI embeddings', /^(?:openai\/)?text-embedding/u],
  ['gpt-oss', /gpt-oss/u],
  ['Claude', /claude/u],
  ['Gemini', /gemini/u],
  ['Llama', /llama/u],
  ['Mistral', /mistral|magistral/u],
  ['DeepSeek', /deepseek/u],
  ['Qwen', /qwen/u],
  ['GLM', /glm/u],
  ['others', /^/u],
];

/** The figures of all exchanges together, by seller and model, and by family of models. */
export function summarize(judgements: readonly Judgement[]): Outcome {
  const byModel = Map.groupBy(judgements, ({ host, model }) => `${host} ${model}`);
  return {
    exchanges: judgements.length,
    usage: {
      reported: countOf(judgements, ({ usage }) => usage !== 'none'),
      exact: countOf(judgements, ({ usage }) => usage === 'exact'),
      misread: countOf(judgements, ({ usage }) => usage === 'misread'),
    },
    groups: [...byModel.values()].map(toGroup).toSorted((a, b) => `${a.host} ${a.model}`.localeCompare(`${b.host} ${b.model}`)),
    families: toFamilies(judgements),
    disagreements: judgements.flatMap(({ disagreements }) => disagreements).map((each) => withProof(each, judgements)),
  };
}

/**
 * That the request does not hold what was billed shows in the later ones: the same models, the same API and plain text, told apart by
 * nothing but their date.
 */
function withProof(disagreement: Disagreement, judgements: readonly Judgement[]): Disagreement {
  if (disagreement.reason !== earlyReason) return disagreement;
  const later = judgements.flatMap(({ model, responsesApi, input }) => {
    const isLike = responsesApi === 'settled' && familyOf(model) === families[0]?.[0] && input?.isText === true && input.isWhole;
    return isLike ? [input] : [];
  });
  const exact = countOf(later, ({ estimated, billed }) => estimated === billed);
  const proof = `of the text prompts recorded there since, for GPT-4o and GPT-4.1, ${exact} of ${later.length} are counted exactly`;
  return { ...disagreement, reason: `${earlyReason}: ${proof}` };
}

function familyOf(model: string): string | undefined {
  return families.find(([, pattern]) => pattern.test(model))?.[0];
}

/** Bills of the Responses API's first weeks say nothing about a model's tokens, so they have a line of their own. */
const earlyFamily = 'OpenAI, Responses API until April 2025';

function toFamilies(judgements: readonly Judgement[]): Family[] {
  const byFamily = Map.groupBy(judgements, ({ model, responsesApi }) => (responsesApi === 'early' ? earlyFamily : familyOf(model)));
  return [...families.map(([name]) => name), earlyFamily]
    .map((name) => {
      const members = byFamily.get(name) ?? [];
      const isText = ({ input }: Judgement): boolean => input?.isText === true;
      return { name, text: inputError(members.filter(isText)), other: inputError(members.filter((member) => !isText(member))) };
    })
    .filter(({ text, other }) => text !== null || other !== null);
}

function toGroup(members: readonly Judgement[]): Group {
  const { host, model } = members[0] ?? { host: '', model: '' };
  return {
    host,
    model,
    exchanges: members.length,
    reported: countOf(members, ({ usage }) => usage !== 'none'),
    exact: countOf(members, ({ usage }) => usage === 'exact'),
    input: inputError(members),
    uncounted: countOf(members, ({ input }) => input?.isWhole === false),
    reportedCosts: countOf(members, ({ hasReportedCost }) => hasReportedCost),
    pricedCosts: countOf(members, ({ cost }) => cost !== null),
    equalCosts: countOf(members, ({ cost }) => cost !== null && Math.abs(cost.tallyNanos - cost.reportedNanos) <= 1),
  };
}

function inputError(members: readonly Judgement[]): InputError | null {
  const inputs = members.flatMap(({ input }) => (input?.isWhole === true ? [input] : []));
  if (inputs.length === 0) return null;
  const errors = errorsOf(inputs, ({ estimated }) => estimated);
  const sumOf = (key: 'estimated' | 'billed'): number => inputs.reduce((sum, input) => sum + input[key], 0);
  return {
    count: inputs.length,
    exactShare: countOf(inputs, ({ estimated, billed }) => estimated === billed) / inputs.length,
    medianError: quantile(errors, 0.5),
    p95Error: quantile(errors, 0.95),
    calibrated: calibratedError(inputs),
    bias: sumOf('billed') / sumOf('estimated'),
  };
}

function calibratedError(inputs: readonly InputCount[]): CalibratedError | null {
  const corrected = inputs.flatMap((input) => (input.calibrated === null ? [] : [{ ...input, calibrated: input.calibrated }]));
  if (corrected.length === 0) return null;
  const [before, after] = [errorsOf(corrected, ({ estimated }) => estimated), errorsOf(corrected, ({ calibrated }) => calibrated)];
  const [medianBefore, medianAfter] = [quantile(before, 0.5), quantile(after, 0.5)];
  return { count: corrected.length, medianBefore, medianAfter, p95Before: quantile(before, 0.95), p95After: quantile(after, 0.95) };
}

/** Ascending shares of what was billed. */
function errorsOf<T extends InputCount>(inputs: readonly T[], tokensOf: (input: T) => number): number[] {
  return inputs.map((input) => Math.abs(tokensOf(input) - input.billed) / input.billed).toSorted((a, b) => a - b);
}

/** The nearest-rank quantile of values in ascending order. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function countOf<T>(items: readonly T[], isCounted: (item: T) => boolean): number {
  return items.filter(isCounted).length;
}
