import { listOf, objectOf, textOf, type JsonObject } from './json-fields.ts';

/**
 * What a message or a delta of Chat Completions shows of the model's thinking; '' for nothing. Servers have three names for it:
 * `reasoning_content` (DeepSeek, llama.cpp, older vLLM), `reasoning` (OpenRouter, Groq, Ollama, vLLM) and `reasoning_details`
 * (OpenRouter), which repeats what stands in `reasoning`. Encrypted pieces are not text.
 */
export function reasoningTextOf(message: JsonObject): string {
  const plain = textOf(message.reasoning_content) ?? textOf(message.reasoning);
  if (plain !== null && plain !== '') return plain;
  return listOf(message.reasoning_details)
    .map((item) => {
      const detail = objectOf(item) ?? {};
      return textOf(detail.text) ?? textOf(detail.summary) ?? '';
    })
    .join('');
}
