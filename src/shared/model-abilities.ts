import { bareModelName } from './bare-model-name.ts';
import type { ModelParameters, ReasoningEffort, ServiceTier } from './contract/parameters.ts';

/** Where a model is asked. */
export interface ModelPlace {
  readonly kind: 'remote' | 'local' | 'demo';
  readonly baseUrl: string;
}

/** What a model can be asked for, as far as its name and seller say. */
export interface ModelAbilities {
  /** `without_reasoning`: only while it does not think. */
  readonly temperature: 'always' | 'without_reasoning' | 'never';
  readonly maxOutputTokens: boolean;
  /** Empty: how long it thinks cannot be chosen. */
  readonly reasoningEfforts: readonly ReasoningEffort[];
  readonly serviceTiers: readonly ServiceTier[];
}

type Family = readonly [
  name: RegExp,
  abilities: Pick<ModelAbilities, 'reasoningEfforts'> & { readonly temperature?: ModelAbilities['temperature'] },
];

const lowToHigh = ['low', 'medium', 'high'] as const;

/**
 * By the model's own name; the first that fits counts. A family that is not here takes a temperature, and no effort is offered.
 * Sources: https://platform.openai.com/docs/guides/reasoning and the pages of each model, https://api-docs.deepseek.com/guides/reasoning_model,
 * https://ai.google.dev/gemini-api/docs/openai, https://docs.x.ai/docs/guides/reasoning
 */
const families: readonly Family[] = [
  [/^gpt-[5-9](?:\.\d+)?-chat/u, { reasoningEfforts: [] }],
  [/^gpt-5-pro/u, { temperature: 'never', reasoningEfforts: ['high'] }],
  [/^gpt-5\.\d+-pro/u, { temperature: 'never', reasoningEfforts: ['medium', 'high', 'xhigh'] }],
  [/^gpt-5(?:$|-)/u, { temperature: 'never', reasoningEfforts: ['minimal', ...lowToHigh] }],
  [/^gpt-5\.1/u, { temperature: 'without_reasoning', reasoningEfforts: ['none', ...lowToHigh] }],
  [/^gpt-(?:5\.|[6-9])/u, { temperature: 'without_reasoning', reasoningEfforts: ['none', ...lowToHigh, 'xhigh'] }],
  [/^o1-(?:mini|preview)/u, { temperature: 'never', reasoningEfforts: [] }],
  [/^o[1-9](?:$|-)/u, { temperature: 'never', reasoningEfforts: lowToHigh }],
  [/^gpt-oss/u, { reasoningEfforts: lowToHigh }],
  [/^grok-3-mini/u, { reasoningEfforts: ['low', 'high'] }],
  [/^gemini-2\.5-pro/u, { reasoningEfforts: lowToHigh }],
  [/^gemini-2\.5/u, { reasoningEfforts: ['none', ...lowToHigh] }],
  [/^gemini-(?:[3-9])/u, { reasoningEfforts: lowToHigh }],
  [/^deepseek-reasoner/u, { temperature: 'never', reasoningEfforts: [] }],
];

/** Which models OpenAI sells at which speed: https://platform.openai.com/docs/pricing */
const tiersAtOpenAi: readonly (readonly [name: RegExp, tiers: readonly ServiceTier[]])[] = [
  [/^(?:gpt-[5-9](?:\.\d+)?(?:-(?:mini|nano))?(?:-\d|$)|o3(?:-\d|$)|o4-mini)/u, ['default', 'flex', 'priority']],
  [/^gpt-(?:4o|4\.1)/u, ['default', 'priority']],
];

/** What can be set where this model is asked. A model nobody knows is offered what nearly all take; a refusal is said in words. */
export function abilitiesOf(place: ModelPlace, modelId: string): ModelAbilities {
  if (place.kind === 'demo') return { temperature: 'never', maxOutputTokens: false, reasoningEfforts: [], serviceTiers: [] };
  const name = bareModelName(modelId);
  const family = families.find(([pattern]) => pattern.test(name))?.[1];
  const isOpenAi = URL.parse(place.baseUrl)?.hostname === 'api.openai.com';
  return {
    temperature: family?.temperature ?? 'always',
    maxOutputTokens: true,
    reasoningEfforts: family?.reasoningEfforts ?? [],
    serviceTiers: isOpenAi ? (tiersAtOpenAi.find(([pattern]) => pattern.test(name))?.[1] ?? []) : [],
  };
}

/** The parameters without those this model does not take: what was set for one model stays out of requests to another. */
export function takenParameters(parameters: ModelParameters, abilities: ModelAbilities): ModelParameters {
  const { temperature, maxOutputTokens, reasoningEffort, serviceTier, historyTurns } = parameters;
  const effort = reasoningEffort !== null && abilities.reasoningEfforts.includes(reasoningEffort) ? reasoningEffort : null;
  return {
    temperature: takesTemperature(abilities, effort) ? temperature : null,
    maxOutputTokens: abilities.maxOutputTokens ? maxOutputTokens : null,
    reasoningEffort: effort,
    serviceTier: serviceTier !== null && abilities.serviceTiers.includes(serviceTier) ? serviceTier : null,
    // Nothing the model is told: it holds for every one.
    historyTurns,
  };
}

/** Whether a temperature can be set beside this effort. Models that can do without thinking do so unless told otherwise. */
export function takesTemperature({ temperature }: ModelAbilities, effort: ReasoningEffort | null): boolean {
  return temperature === 'always' || (temperature === 'without_reasoning' && (effort === null || effort === 'none'));
}
