import type { ModelInfo } from '../../../shared/contract/providers.ts';

/** Good and cheap enough to begin with, best first; matched against the end of the name, since routers put the maker before it. */
const goodBeginnings = [
  /gpt-5-mini$/,
  /gpt-5\.\d+-mini$/,
  /gpt-4\.1-mini$/,
  /gpt-4o-mini$/,
  /deepseek-chat$/,
  /mistral-small-latest$/,
  /-mini$/,
];

/** The model to begin with: a well-known small one, else the cheapest with a price, else the first. Null when there is none. */
export function suggestModel(models: readonly ModelInfo[]): ModelInfo | null {
  const chatModels = models.filter(({ kind }) => kind === 'chat');
  for (const pattern of goodBeginnings) {
    const known = chatModels.find(({ id }) => pattern.test(id));
    if (known !== undefined) return known;
  }
  const priced = chatModels.filter(({ outputPerMillion }) => outputPerMillion !== null && outputPerMillion > 0);
  const byPrice = priced.toSorted((a, b) => (a.outputPerMillion ?? 0) - (b.outputPerMillion ?? 0));
  return byPrice[0] ?? chatModels[0] ?? null;
}
