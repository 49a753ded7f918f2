import { bareModelName } from './bare-model-name.ts';
import type { ModelPlace } from './model-abilities.ts';

/** By the model's own name; the first that fits counts. Sources: each maker's page of its models. */
const families: readonly (readonly [name: RegExp, takesImages: boolean])[] = [
  [
    /(?:^|[-.])(?:vl|vision|multimodal|omni)(?:[-:.]|$)|^(?:llava|bakllava|pixtral|moondream|minicpm-v|internvl|molmo|qvq)|^(?:qwen[\d.]*vl)/u,
    true,
  ],
  [/^(?:gpt-3|text-|davinci|babbage)/u, false],
  [/^gpt-4(?:$|-\d{4}(?:$|-preview)|-32k|-turbo-preview)/u, false],
  [/^gpt-4o(?:-mini)?-(?:audio|realtime|search|transcribe|tts)/u, false],
  [/^gpt-(?:4|[5-9]|\d\d)/u, true],
  [/^gpt-oss/u, false],
  [/^o1-(?:mini|preview)|^o3-mini/u, false],
  [/^o[134](?:$|-)/u, true],
  [/^claude-(?:instant|[12](?:$|[.-]))/u, false],
  [/^claude-/u, true],
  [/^gemini-/u, true],
  [/^gemma-?3(?:-?1b|:1b|-?270m|:270m)/u, false],
  [/^gemma-?[34]/u, true],
  [/^gemma/u, false],
  [/^grok-(?:[4-9]|1[0-9])/u, true],
  [/^grok-(?:code|beta|[123])/u, false],
  [/^llama-?4/u, true],
  [/^(?:llama-?[23]|codellama|meta-llama-3)/u, false],
  [/^deepseek-(?:chat|reasoner|r1|v\d|coder)/u, false],
  [/^mistral-(?:small-3\.[1-9]|small-latest|small-25\d\d|medium-3|medium-latest|medium-25\d\d|large-3)/u, true],
  [/^(?:mistral-(?:7b|nemo|tiny)|open-mi(?:s|x)tral|mixtral|codestral|devstral|ministral-[38]b-24)/u, false],
  [/^(?:qwen-?(?:[12](?:\.5)?)|qwq|qwen3(?:$|[:-](?!vl|omni))|qwen-?coder)/u, false],
  [/^(?:phi-?[1-4](?!.*vision)|command-r|kimi-k2(?!\.)|smollm|granite|glm-4(?:\.\d)?(?:$|-(?:air|flash|plus))|minimax-m)/u, false],
];

/** Whether a model takes pictures, as far as its name says; null: nobody knows, so they are sent, and a refusal is said in words. */
export function takesImages(place: ModelPlace, modelId: string): boolean | null {
  if (place.kind === 'demo') return false;
  const name = bareModelName(modelId);
  return families.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
