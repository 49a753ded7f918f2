/** The beginning of a text, with an ellipsis where something is missing. `maxChars` in UTF-16 code units. */
export function clip(text: string, maxChars: number): string {
  return text.length <= maxChars ? text : `${text.slice(0, maxChars).toWellFormed()}…`;
}
