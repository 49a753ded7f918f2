import { bareModelName } from '../../../../shared/bare-model-name.ts';
import type { ImageSize } from '../../../../shared/read-image-header.ts';

/** How a family of models bills an image: by tiles of 512 pixels or by patches of 32. */
type ImageRule =
  | { readonly kind: 'tiles'; readonly base: number; readonly perTile: number }
  | { readonly kind: 'patches'; readonly multiplier: number; readonly budget: number };

/** The first name that fits counts. Sources: https://platform.openai.com/docs/guides/images-vision#calculating-costs */
const rules: readonly (readonly [name: RegExp, rule: ImageRule])[] = [
  [/^gpt-4o-mini/u, { kind: 'tiles', base: 2833, perTile: 5667 }],
  [/^gpt-(?:4\.1|5|5\.\d)-mini/u, { kind: 'patches', multiplier: 1.62, budget: 1536 }],
  [/^gpt-(?:4\.1|5|5\.\d)-nano/u, { kind: 'patches', multiplier: 2.46, budget: 1536 }],
  [/^o4-mini/u, { kind: 'patches', multiplier: 1.72, budget: 1536 }],
  [/^gpt-(?:5\.[6-9]|[6-9])/u, { kind: 'patches', multiplier: 1.2, budget: 1536 }],
  [/^gpt-5/u, { kind: 'tiles', base: 70, perTile: 140 }],
  [/^o[13]/u, { kind: 'tiles', base: 75, perTile: 150 }],
];
/** GPT-4o, 4.1 and 4.5, and the guess for every other maker's model. */
const usualRule: ImageRule = { kind: 'tiles', base: 85, perTile: 170 };

/** Tokens an image is expected to cost. Always an estimate: what is billed has been seen to differ from what is documented. */
export function estimateImageTokens(modelId: string, size: ImageSize, detail: string | null): number {
  const name = bareModelName(modelId);
  const rule = rules.find(([pattern]) => pattern.test(name))?.[1] ?? usualRule;
  if (rule.kind === 'patches') return Math.ceil(patchesOf(size, rule.budget) * rule.multiplier);
  return detail === 'low' ? rule.base : rule.base + rule.perTile * tilesOf(size);
}

/** Fitted into a square of 2048 pixels, then to 768 on the short side; never enlarged. */
function tilesOf({ width, height }: ImageSize): number {
  const fit = Math.min(1, 2048 / Math.max(width, height));
  const shrink = fit * Math.min(1, 768 / (fit * Math.min(width, height)));
  return Math.ceil((width * shrink) / 512) * Math.ceil((height * shrink) / 512);
}

/** Shrunk to the budget, with whole patches along the tighter side. */
function patchesOf({ width, height }: ImageSize, budget: number): number {
  const patches = Math.ceil(width / 32) * Math.ceil(height / 32);
  if (patches <= budget) return patches;
  const shrink = Math.sqrt((32 * 32 * budget) / (width * height));
  const across = (width * shrink) / 32;
  const down = (height * shrink) / 32;
  const fit = Math.min(Math.floor(across) / across, Math.floor(down) / down);
  return Math.min(budget, Math.ceil(across * fit) * Math.ceil(down * fit));
}
