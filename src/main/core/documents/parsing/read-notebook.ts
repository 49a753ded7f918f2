import { z } from 'zod';

const lines = z.union([z.string(), z.array(z.string())]).transform((value) => (typeof value === 'string' ? value : value.join('')));
const output = z.object({ text: lines.optional(), data: z.object({ 'text/plain': lines.optional() }).optional() });
const cell = z.object({ cell_type: z.string(), source: lines, outputs: z.array(output).optional() });
const notebook = z.object({
  cells: z.array(cell),
  metadata: z.object({ language_info: z.object({ name: z.string() }).optional() }).optional(),
});

/** Longest output kept of a cell, in UTF-16 code units: its beginning says what came out, the rest is mostly numbers. */
const maxOutputChars = 4_000;

/**
 * A Jupyter notebook as Markdown: its texts as they are, its code and what that printed in fences, without pictures. Null where the text
 * is no notebook of format 4. https://nbformat.readthedocs.io/en/latest/format_description.html
 */
export function readNotebook(text: string): string | null {
  const parsed = notebook.safeParse(jsonOf(text));
  if (!parsed.success) return null;
  const language = parsed.data.metadata?.language_info?.name ?? '';
  return parsed.data.cells
    .flatMap(({ cell_type: type, source, outputs = [] }) => {
      if (type !== 'code') return [source.trim()];
      const printed = outputs.map(({ text: own, data }) => (own ?? data?.['text/plain'] ?? '').trim()).filter((part) => part !== '');
      return [fenced(source, language), fenced(printed.join('\n').slice(0, maxOutputChars).toWellFormed(), '')];
    })
    .filter((block) => block !== '')
    .join('\n\n');
}

function fenced(code: string, language: string): string {
  return code.trim() === '' ? '' : `\`\`\`${language}\n${code.trimEnd()}\n\`\`\``;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
