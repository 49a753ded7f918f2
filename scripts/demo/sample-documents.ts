import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { makeDocx, type WordBlock } from '../../tests/sample-files/office-files.ts';
import { makePdf } from '../../tests/sample-files/pdf-files.ts';
import { textsFolder, type SampleLanguage } from './read-talks.ts';

export interface SampleDocument {
  /** Name of the collection's folder. */
  readonly collection: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The documents of a language, tables last: what they list goes on until the autumn. A text called `x.pdf.txt` becomes a PDF, pages apart by `---`; `x.docx.txt` a Word file. */
export function sampleDocuments(language: SampleLanguage): Promise<SampleDocument[]> {
  const folder = path.join(textsFolder(language), 'documents');
  const files = readdirSync(folder).flatMap((collection) =>
    readdirSync(path.join(folder, collection)).map((file) => ({ collection, file })),
  );
  const isTable = (file: string): number => (file.endsWith('.csv') ? 1 : 0);
  const ordered = files.toSorted((a, b) => isTable(a.file) - isTable(b.file));
  return Promise.all(
    ordered.map(async ({ collection, file }) => {
      const text = readFileSync(path.join(folder, collection, file), 'utf8');
      const name = file.replace(/(\.(?:pdf|docx))\.txt$/, '$1');
      return { collection, name, bytes: await bytesOf(name, text) };
    }),
  );
}

async function bytesOf(name: string, text: string): Promise<Uint8Array> {
  if (name.endsWith('.pdf')) return makePdf(text.split('\n---\n').map((page) => page.trim().split('\n')));
  if (name.endsWith('.docx')) return makeDocx(text.trim().split('\n').map(blockOf));
  return Buffer.from(text, 'utf8');
}

function blockOf(line: string): WordBlock {
  return line.startsWith('# ') ? { heading: 1, text: line.slice(2) } : line;
}
