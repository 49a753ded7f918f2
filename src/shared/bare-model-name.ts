/** A model's own name: vendor prefixes (`openai/gpt-5`) and fine-tuning (`ft:gpt-4o:org::id`) are looked through. */
export function bareModelName(modelId: string): string {
  const name = modelId.toLowerCase().split('/').at(-1) ?? '';
  return name.replace(/^ft:/, '');
}
