/** Longest formula that is looked for, in UTF-16 code units. */
const maxFormulaChars = 2_000;

/** A formula up to `end`, with no blank line in it. */
function formula(name: string, start: string, end: string): string {
  return String.raw`${start}(?<${name}>(?:(?!${end}|\n[ \t]*\n)[^]){1,${String(maxFormulaChars)}}?)${end}`;
}

/**
 * Code first, since nothing in it is mathematics; then `$$…$$`, `\[…\]`, `\(…\)`, and `$…$` as Pandoc takes it: no space
 * inside the dollars and no digit after them (https://pandoc.org/MANUAL.html#extension-tex_math_dollars), so `$5 and $10` is money.
 */
const pattern = new RegExp(
  [
    String.raw`^ {0,3}(?<fence>${'`'}{3,}|~{3,})[^]*?(?:\n {0,3}\k<fence>[~${'`'}]*[ \t]*$|(?![^]))`,
    String.raw`(?<!${'`'})(?<ticks>${'`'}+)(?!${'`'})[^]{1,${String(maxFormulaChars)}}?(?<!${'`'})\k<ticks>(?!${'`'})`,
    formula('dollars', String.raw`\$\$`, String.raw`\$\$`),
    formula('brackets', String.raw`\\\[`, String.raw`\\\]`),
    formula('parentheses', String.raw`\\\(`, String.raw`\\\)`),
    String.raw`(?<![\\$\w])\$(?![\s$])(?<dollar>(?:\\.|[^$\\\n]){1,${String(maxFormulaChars)}}?)(?<![\s\\])\$(?![\w$])`,
  ].join('|'),
  'gmu',
);

/** Writes every formula of a block in the one way that is read: `$$…$$` inside a line, or on lines of its own. */
export function normalizeMath(text: string): string {
  if (!/\$|\\[[(]/u.test(text)) return text;
  let written = '';
  let readTo = 0;
  for (const { 0: whole, index, groups = {} } of text.matchAll(pattern)) {
    const { dollars, brackets, parentheses, dollar } = groups;
    const source = (dollars ?? brackets ?? parentheses ?? dollar)?.trim();
    if (source === undefined) continue;
    const isDisplayed = (dollars ?? brackets) !== undefined && standsAlone(text, index, index + whole.length);
    written += text.slice(readTo, index);
    written += isDisplayed ? `$$\n${source}\n$$` : `$$${source.replaceAll(/\s*\n\s*/gu, ' ')}$$`;
    readTo = index + whole.length;
  }
  return written + text.slice(readTo);
}

/** Whether a stretch has its lines to itself and is not indented, as inside a list. */
function standsAlone(text: string, start: number, end: number): boolean {
  return (start === 0 || text.charAt(start - 1) === '\n') && /^[ \t]*(?:\n|$)/u.test(text.slice(end, end + 200));
}
