/** What is embedded for a passage: where it stands, then what it says. */
export function embeddedText(documentName: string, headingPath: readonly string[], text: string): string {
  return `${[documentName, ...headingPath].join(' > ')}\n\n${text}`;
}
