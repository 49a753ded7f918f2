import JSZip from 'jszip';
import { formulaText } from './formula-text.ts';

const textParts = ['word/document.xml', 'word/footnotes.xml', 'word/endnotes.xml'];
/** A run whose properties say that it is hidden; none is inside of another. */
const hiddenRun = /<w:r(?:\s[^>]*)?><w:rPr>(?:(?!<\/w:rPr>)[^])*?<w:vanish(?: w:val="(?:1|true|on)")?\/>[^]*?<\/w:r>/g;

/**
 * A Word file as mammoth takes it for granted: formulas as text, which it leaves out, and without the text that Word
 * shows to nobody, which could tell a model what the reader never sees. Others are returned as they are.
 */
export async function prepareWord(bytes: Buffer): Promise<Buffer> {
  const zip = await JSZip.loadAsync(bytes);
  let isChanged = false;
  for (const part of textParts) {
    const xml = await zip.file(part)?.async('string');
    if (xml === undefined) continue;
    const prepared = withFormulasAsText(xml.replaceAll(hiddenRun, ''));
    if (prepared === xml) continue;
    zip.file(part, prepared);
    isChanged = true;
  }
  return isChanged ? zip.generateAsync({ type: 'nodebuffer' }) : bytes;
}

/** Each `m:oMath`, which holds no other, becomes a run of text. */
function withFormulasAsText(xml: string): string {
  const pieces: string[] = [];
  const start = /<m:oMath(?:\s[^>]*)?>/g;
  let from = 0;
  for (let found = start.exec(xml); found !== null; found = start.exec(xml)) {
    const end = xml.indexOf('</m:oMath>', start.lastIndex);
    if (end < 0) break;
    const text = formulaText(xml.slice(start.lastIndex, end));
    pieces.push(xml.slice(from, found.index), `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`);
    from = end + '</m:oMath>'.length;
    start.lastIndex = from;
  }
  return pieces.join('') + xml.slice(from);
}
