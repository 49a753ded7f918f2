import type { MatchLogic, ModelInfo, Provider } from '@pydantic/genai-prices';
import { withoutSnapshotDate } from './rates.ts';

/** Finds a provider's model by name. */
export type ModelIndex = (modelId: string) => ModelInfo | null;

/**
 * Indexes a provider's models by the names that mean exactly them. The price list also matches by prefix and by substring,
 * which would give a new model the price of an older one it resembles; here a name counts only when the list spells it out,
 * when an anchored pattern covers all of it, or when it is a listed name with the date of a snapshot or of a fine-tuning.
 */
export function indexModels(provider: Provider): ModelIndex {
  const byName = new Map<string, ModelInfo>();
  const patterns: { readonly matches: (name: string) => boolean; readonly model: ModelInfo }[] = [];
  for (const model of provider.models) {
    for (const rule of alternativesOf(model.match)) {
      const name = nameOf(rule);
      if (name !== null && !byName.has(name)) byName.set(name, model);
      const matches = patternOf(rule);
      if (matches) patterns.push({ matches, model });
    }
  }
  const find = (name: string): ModelInfo | undefined => byName.get(name) ?? patterns.find(({ matches }) => matches(name))?.model;
  return (modelId) => {
    const name = modelId.toLowerCase();
    return find(name) ?? find(withoutSnapshotDate(name)) ?? null;
  };
}

/** The rules of which any one is enough. A conjunction says nothing about the whole name and is left out. */
function alternativesOf(match: MatchLogic): MatchLogic[] {
  if ('or' in match) return match.or.flatMap(alternativesOf);
  return 'and' in match ? [] : [match];
}

/** The one name a rule spells out: of a prefix, the prefix itself. */
function nameOf(rule: MatchLogic): string | null {
  if ('equals' in rule) return rule.equals.toLowerCase();
  return 'starts_with' in rule ? rule.starts_with.toLowerCase().replace(/-$/, '') : null;
}

function patternOf(rule: MatchLogic): ((name: string) => boolean) | null {
  if ('regex' in rule && rule.regex.startsWith('^') && rule.regex.endsWith('$')) {
    const pattern = new RegExp(rule.regex);
    return (name) => pattern.test(name);
  }
  if (!('starts_with' in rule) || !rule.starts_with.startsWith('ft:')) return null;
  const prefix = rule.starts_with.toLowerCase();
  // `ft:gpt-4o-2024-` and then `08-06:organisation::id`.
  return (name) => name.startsWith(prefix) && /^[\d-]*:/.test(name.slice(prefix.length));
}
