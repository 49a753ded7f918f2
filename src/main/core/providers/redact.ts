/** Longest excerpt of a provider's own words, in UTF-16 code units. */
const maxDetailChars = 300;

/**
 * What keys look like: OpenAI's and its followers' (sk-..., gsk_..., xai-..., hf_..., AIza...), what stands after an
 * authorization scheme, values named after keys, and any long word that mixes letters and digits.
 */
const keyShapes: readonly RegExp[] = [
  /\b(?:sk|pk|rk|gsk|xai|hf)[-_][\w*.\-…]{4,}/gi,
  /\bAIza[\w-]{10,}/g,
  /\b(?:bearer|basic)\s+(?=\S*[\d_\-.=])[^\s"',;]{6,}/gi,
  /\b(?:api[-_ ]?key|authorization|access[-_ ]?token|secret)(?: provided)?["']?\s*[:=]\s*["']?[^\s"',;]+/gi,
  /\b(?=\w*\d)(?=\w*[a-z])\w{32,}\b/gi,
];

/** The text with everything that looks like a key replaced by a mark. */
export function redact(text: string): string {
  return keyShapes.reduce((left, shape) => left.replace(shape, '[key]'), text);
}

/** A provider's own words as one line that may be shown: without keys, and cut. null when there are none. */
export function providerWords(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  // Cut after redacting: a cut through a key would leave a part that no longer looks like one.
  const line = redact(text.slice(0, 20_000)).replaceAll(/\s+/g, ' ').trim();
  if (line === '') return null;
  return line.length <= maxDetailChars ? line : `${line.slice(0, maxDetailChars - 1).toWellFormed()}…`;
}
