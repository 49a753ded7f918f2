/** In code points. */
const maxLength = 160;

/** The beginning of a text on one line. */
export function excerptOf(text: string): string {
  const line = text
    .slice(0, 4 * maxLength)
    .replaceAll(/\s+/gu, ' ')
    .trim();
  const characters = Array.from(line);
  const isCut = characters.length > maxLength || text.length > 4 * maxLength;
  return isCut ? `${characters.slice(0, maxLength).join('').trimEnd()}…` : line;
}
