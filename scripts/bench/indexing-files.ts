import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makePdf } from '../../tests/sample-files/pdf-files.ts';
import { createSyntheticSource, type SyntheticSource } from './synthetic-passages.ts';

const linesPerPage = 42;
const filesPerFolder = 100;
const sectionsPerFile = 3;
const charsPerLine = 88;

/** A file to be added: where it lies, and the name it is added under. */
export interface BenchFile {
  readonly path: string;
  readonly name: string;
}

/** Writes a PDF of full pages into `dir`, always the same one. */
export async function writeBenchPdf(dir: string, pageCount: number): Promise<BenchFile> {
  const source = createSyntheticSource(11, 1);
  const pages = Array.from({ length: pageCount }, () => linesOf(source, linesPerPage));
  const file = { path: path.join(dir, 'pages.pdf'), name: 'pages.pdf' };
  writeFileSync(file.path, await makePdf(pages));
  return file;
}

/** Writes Markdown files of three sections into folders of `dir`, always the same ones. */
export function writeBenchFolder(dir: string, fileCount: number): BenchFile[] {
  const source = createSyntheticSource(12, 1);
  return Array.from({ length: fileCount }, (_, index) => {
    const folder = `notes/${String(Math.floor(index / filesPerFolder)).padStart(2, '0')}`;
    const name = `${folder}/note-${String(index).padStart(4, '0')}.md`;
    const sections = source.nextDocument(sectionsPerFile).map(({ text }, section) => `## Section ${section + 1}\n\n${text}`);
    mkdirSync(path.join(dir, folder), { recursive: true });
    writeFileSync(path.join(dir, name), `# Note ${index}\n\n${sections.join('\n\n')}\n`);
    return { path: path.join(dir, name), name };
  });
}

function linesOf(source: SyntheticSource, count: number): string[] {
  const lines: string[] = [];
  let line = '';
  while (lines.length < count) {
    for (const { text } of source.nextDocument(1)) {
      for (const word of text.split(' ')) {
        if (line.length + word.length >= charsPerLine) {
          lines.push(line);
          line = '';
        }
        line += line === '' ? word : ` ${word}`;
      }
    }
  }
  return lines.slice(0, count);
}
