import type { ModelParameters } from '../../../shared/contract/parameters.ts';

/** The names these have in requests of either API. */
const wireNames: readonly (readonly [parameter: keyof ModelParameters, name: RegExp])[] = [
  ['temperature', /\btemperature\b/iu],
  ['maxOutputTokens', /\bmax_(?:completion_|output_)?tokens\b/iu],
  ['reasoningEffort', /\breasoning(?:_effort|\.effort)?\b|\bthinking\b/iu],
  ['serviceTier', /\bservice_tier\b/iu],
];
const refusalWords =
  /unsupported|not (?:support|allow|permit|available|valid)|(?:does|do) ?n[o']t (?:support|accept|allow)|unrecognized|unknown|unexpected|extra (?:inputs|fields)|invalid|must be|at (?:most|least)|too (?:large|high|low)|out of range|less than|greater than/iu;

/** Which parameter of a chat a refused request (400 or 422) was refused for: by the field the error names, else by its words. */
export function refusedParameter(param: string, message: string): keyof ModelParameters | null {
  const byField = wireNames.find(([, name]) => name.test(param));
  if (byField !== undefined) return byField[0];
  if (param !== '' || !refusalWords.test(message)) return null;
  return wireNames.find(([, name]) => name.test(message))?.[0] ?? null;
}
