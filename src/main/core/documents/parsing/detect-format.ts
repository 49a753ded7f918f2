import { AppError } from '../../../../shared/rpc/errors.ts';
import type { TextStructure } from './parsed-file.ts';

/** Formats that are read by a parser of their own. */
export type BinaryFormat = 'pdf' | 'docx' | 'pptx' | 'xlsx' | 'epub' | 'odt' | 'odp' | 'ods' | 'rtf';

/** What a file is, judged by its bytes first and its name second. */
export type FileFormat =
  | { readonly kind: BinaryFormat; readonly mediaType: string }
  | { readonly kind: 'html'; readonly mediaType: string }
  | { readonly kind: 'notebook'; readonly mediaType: string }
  | { readonly kind: 'table'; readonly mediaType: string; readonly separator: string | null }
  | { readonly kind: 'text'; readonly mediaType: string; readonly structure: TextStructure };

const openXml = 'application/vnd.openxmlformats-officedocument';
const openDocument = 'application/vnd.oasis.opendocument';

const binaryMediaTypes: Readonly<Record<BinaryFormat, string>> = {
  pdf: 'application/pdf',
  docx: `${openXml}.wordprocessingml.document`,
  pptx: `${openXml}.presentationml.presentation`,
  xlsx: `${openXml}.spreadsheetml.sheet`,
  epub: 'application/epub+zip',
  odt: `${openDocument}.text`,
  odp: `${openDocument}.presentation`,
  ods: `${openDocument}.spreadsheet`,
  rtf: 'application/rtf',
};

const binaryExtensions: ReadonlySet<string> = new Set(Object.keys(binaryMediaTypes));
const htmlExtensions: ReadonlySet<string> = new Set(['html', 'htm', 'xhtml', 'xht']);
const markdownExtensions: ReadonlySet<string> = new Set(['md', 'markdown', 'mdx', 'mkd']);
const proseExtensions: ReadonlySet<string> = new Set(['txt', 'text', 'rst', 'adoc', 'asciidoc', 'org', 'tex', 'eml', 'srt', 'vtt', '']);

/** The media type a name promises, shown until the file has been read. */
export function mediaTypeOfName(name: string): string {
  const extension = extensionOf(name);
  return isBinaryExtension(extension) ? binaryMediaTypes[extension] : textFormat(extension, '').mediaType;
}

/**
 * Tells the format from the first bytes (`head`, some kilobytes), the names inside when it is a ZIP, and the file's name.
 * Throws AppError FILE_ENCRYPTED for a locked office file and FILE_UNSUPPORTED for what nobody here reads.
 */
export function detectFormat(name: string, head: Uint8Array, zipEntries: ReadonlySet<string> | null): FileFormat {
  if (zipEntries !== null) return binaryFormat(formatOfZip(name, zipEntries));
  const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 1024)).toString('latin1');
  // Readers accept a mark within the first kilobyte, but a text may speak of one.
  if (/^\s*%PDF-/.test(start) || (extensionOf(name) === 'pdf' && start.includes('%PDF-'))) return binaryFormat('pdf');
  if (start.startsWith('{\\rtf')) return binaryFormat('rtf');
  if (isOleFile(head)) return refuseOle(head);
  return textFormat(extensionOf(name), start);
}

/** Whether the bytes start as a ZIP does; office files and e-books are ZIPs. */
export function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6));
}

function formatOfZip(name: string, entries: ReadonlySet<string>): BinaryFormat {
  if (entries.has('word/document.xml')) return 'docx';
  if (entries.has('ppt/presentation.xml')) return 'pptx';
  if (entries.has('xl/workbook.xml')) return 'xlsx';
  if (entries.has('META-INF/container.xml')) return 'epub';
  const extension = extensionOf(name);
  // Strict variants name their main part differently; the parser finds it by its relationship.
  const isOffice = entries.has('[Content_Types].xml') || (entries.has('mimetype') && entries.has('content.xml'));
  if (isOffice && isBinaryExtension(extension) && extension !== 'pdf' && extension !== 'rtf') return extension;
  throw new AppError('FILE_UNSUPPORTED', 'The archive is not a document.');
}

function isBinaryExtension(extension: string): extension is BinaryFormat {
  return binaryExtensions.has(extension);
}

function binaryFormat(kind: BinaryFormat): FileFormat {
  return { kind, mediaType: binaryMediaTypes[kind] };
}

/** The container of old Word files, and of new ones locked with a password. https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb */
function isOleFile(head: Uint8Array): boolean {
  return head[0] === 0xd0 && head[1] === 0xcf && head[2] === 0x11 && head[3] === 0xe0;
}

function refuseOle(head: Uint8Array): never {
  const isLocked = Buffer.from(head).includes(Buffer.from('EncryptedPackage', 'utf16le'));
  throw isLocked
    ? new AppError('FILE_ENCRYPTED', 'The office file is locked with a password.')
    : new AppError('FILE_UNSUPPORTED', 'Office files from before 2007 are not read.', { data: { reason: 'old_office' } });
}

function textFormat(extension: string, start: string): FileFormat {
  const looksLikeHtml = /^\s*(?:\u00ef\u00bb\u00bf)?(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)?<(?:!doctype html|html)[\s>]/i.test(start);
  // Also what a program saved as "Word" or "Excel" and is a page: no source code has these names.
  const mayBeHtml = proseExtensions.has(extension) || isBinaryExtension(extension) || ['doc', 'xls'].includes(extension);
  if (htmlExtensions.has(extension) || (looksLikeHtml && mayBeHtml)) return { kind: 'html', mediaType: 'text/html' };
  if (extension === 'csv') return { kind: 'table', mediaType: 'text/csv', separator: null };
  if (extension === 'tsv' || extension === 'tab') return { kind: 'table', mediaType: 'text/tab-separated-values', separator: '\t' };
  if (markdownExtensions.has(extension)) return { kind: 'text', mediaType: 'text/markdown', structure: 'markdown' };
  if (proseExtensions.has(extension)) return { kind: 'text', mediaType: 'text/plain', structure: 'prose' };
  if (extension === 'ipynb') return { kind: 'notebook', mediaType: 'application/json' };
  const isJson = ['json', 'jsonl', 'ndjson'].includes(extension);
  return { kind: 'text', mediaType: isJson ? 'application/json' : 'text/plain', structure: 'lines' };
}

function extensionOf(name: string): string {
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  const dot = base.lastIndexOf('.');
  return dot <= 0 ? '' : base.slice(dot + 1).toLowerCase();
}
