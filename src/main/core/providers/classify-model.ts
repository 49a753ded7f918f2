import type { ModelInfo } from '../../../shared/contract/providers.ts';

const embedding = /embed|(^|[/\-_])(bge|gte|e5|minilm|sfr|voyage)([-_]|$)|all-minilm|paraphrase-/i;
const other =
  /whisper|(^|[-/])tts|speech|transcribe|dall-e|image|sora|video|moderation|realtime|audio|rerank|guard|ocr|davinci|babbage|(^|\/)ada$|turbo-instruct|stable-diffusion|flux/i;

/** What a model is for, by its id: lists seldom say. What is not known for something else is taken for a chat model. */
export function classifyModel(modelId: string): ModelInfo['kind'] {
  if (embedding.test(modelId)) return 'embedding';
  return other.test(modelId) ? 'other' : 'chat';
}
