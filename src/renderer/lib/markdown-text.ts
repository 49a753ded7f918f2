/** Text for a line of Markdown, on one line, with what would be read as a mark set aside: a title or a file's name is only text. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll(/[\\`*_[\]<>#|~$&]/gu, String.raw`\$&`);
}
