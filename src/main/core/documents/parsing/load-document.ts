import { open } from 'node:fs/promises';
import type { EPub } from 'epub2';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { decodeText, tidyText } from './decode-text.ts';
import { detectFormat, isZip, type BinaryFormat, type FileFormat } from './detect-format.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';
import type { PageStart, ParsedFile } from './parsed-file.ts';
import { assertFileSize, assertTextLength, nestedTooDeeply } from './parsing-limits.ts';
import { scanArchive } from './scan-archive.ts';

const headBytes = 8 * 1024;
const pieceJoiner = '\n\n';

/** A stretch of the file's text; `page` is the page or slide it is on. */
interface Piece {
  readonly page: number | null;
  readonly text: string;
}

interface Content {
  readonly pieces: readonly Piece[];
  readonly pageCount: number | null;
  readonly structure: ParsedFile['structure'];
}

/**
 * Reads a file into text. Only for the parser process: the parsers below block, and hostile files make them eat memory.
 * `name` decides among text formats; the bytes decide everything else.
 * Throws AppError with a FILE_ code; whatever else a parser throws means that the file is damaged.
 */
export async function loadDocument(filePath: string, name: string): Promise<ParsedFile> {
  const { bytes, format } = await readFormat(filePath, name);
  const content = await readContent(filePath, bytes, format);
  return { ...assemble(content), pageCount: content.pageCount, structure: content.structure, mediaType: format.mediaType };
}

async function readFormat(filePath: string, name: string): Promise<{ bytes: Buffer; format: FileFormat }> {
  const file = await open(filePath, 'r');
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new AppError('FILE_UNSUPPORTED', 'Not a regular file.', { data: { reason: 'not_a_file' } });
    if (stats.size === 0) throw new AppError('FILE_EMPTY', 'The file is empty.');
    assertFileSize(stats.size);
    const head = Buffer.alloc(Math.min(headBytes, stats.size));
    await file.read(head, 0, head.length, 0);
    const zipEntries = isZip(head) ? await scanArchive(filePath) : null;
    const bytes = await file.readFile();
    return { bytes, format: detectFormat(name, bytes, zipEntries) };
  } finally {
    await file.close();
  }
}

async function readContent(filePath: string, bytes: Buffer, format: FileFormat): Promise<Content> {
  switch (format.kind) {
    case 'pdf':
      return readPdf(bytes);
    case 'epub':
      return readEpub(filePath);
    case 'docx':
      return readWord(bytes);
    case 'xlsx':
    case 'ods':
      return readSheets(bytes);
    case 'pptx':
    case 'odt':
    case 'odp':
    case 'rtf':
      return readOffice(bytes, format.kind);
    case 'html':
      return readHtml(bytes);
    case 'table': {
      const { readTable } = await import('./read-table.ts');
      return plain(await refusing(async () => readTable(decodeLimited(bytes), format.separator)), 'lines');
    }
    case 'notebook': {
      const { readNotebook } = await import('./read-notebook.ts');
      const text = decodeLimited(bytes);
      const markdown = readNotebook(text);
      return markdown === null ? plain(text, 'lines') : plain(markdown, 'markdown');
    }
    case 'text':
      return plain(decodeLimited(bytes), format.structure);
  }
}

/** pdf.js itself, not the community PDFLoader: that one keeps the bare text, and not where on its page it stands. */
async function readPdf(bytes: Buffer): Promise<Content> {
  const { readPdfText } = await import('./read-pdf.ts');
  const { pages, pageCount } = await refusing(() => readPdfText(bytes));
  if (pages.length === 0) throw new AppError('FILE_NO_TEXT', 'No page holds text.', { data: { reason: 'pages_without_text' } });
  return { pieces: pages, pageCount, structure: 'prose' };
}

async function readEpub(filePath: string): Promise<Content> {
  const { EPubLoader } = await import('@langchain/community/document_loaders/fs/epub');
  // With the chapters read as ours: the loader itself writes headings in capitals and link targets into sentences.
  class ChapterLoader extends EPubLoader {
    protected override async parse(epub: EPub): Promise<{ pageContent: string }[]> {
      const chapters: { pageContent: string }[] = [];
      for (const { id, title } of epub.flow) {
        if (id !== undefined) chapters.push({ pageContent: withTitle(htmlToMarkdown(await epub.getChapterRawAsync(id)), title) });
      }
      return chapters;
    }
  }
  const chapters = await refusing(() => new ChapterLoader(filePath, {}).load());
  const pieces = chapters.map((chapter) => ({ page: null, text: chapter.pageContent }));
  return { pieces, pageCount: null, structure: 'markdown' };
}

/** The table of contents knows the title of a chapter that does not say it itself. */
function withTitle(chapter: string, title: string | undefined): string {
  const needsTitle = title !== undefined && chapter !== '' && !/^#{1,6} /m.test(chapter);
  return needsTitle ? `# ${title}\n\n${chapter}` : chapter;
}

/** mammoth itself, not the community DocxLoader: that one keeps the bare text, without headings, lists and tables. */
async function readWord(bytes: Buffer): Promise<Content> {
  const [{ default: mammoth }, { prepareWord }] = await Promise.all([import('mammoth'), import('./prepare-word.ts')]);
  const withoutImages = mammoth.images.imgElement(async () => ({ src: '' }));
  const styleMap = ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => h2:fresh"];
  const html = await refusing(async () =>
    mammoth.convertToHtml({ buffer: await prepareWord(bytes) }, { convertImage: withoutImages, styleMap }),
  );
  return { pieces: [{ page: null, text: htmlToMarkdown(html.value) }], pageCount: null, structure: 'markdown' };
}

/** officeparser itself, not the community PPTXLoader: that one loses the numbers of the slides. */
async function readOffice(bytes: Buffer, kind: BinaryFormat): Promise<Content> {
  const [{ parseOffice }, { officeToMarkdown }, { prepareSlides }] = await Promise.all([
    import('officeparser'),
    import('./office-to-markdown.ts'),
    import('./prepare-slides.ts'),
  ]);
  const tree = await refusing(async () => parseOffice(kind === 'pptx' ? await prepareSlides(bytes) : bytes, {}));
  const pieces = officeToMarkdown(tree.content).map(({ slide, markdown }) => ({ page: slide, text: markdown }));
  const slides = pieces.flatMap(({ page }) => (page === null ? [] : [page]));
  return { pieces, pageCount: slides.length === 0 ? null : Math.max(...slides), structure: 'markdown' };
}

async function readSheets(bytes: Buffer): Promise<Content> {
  const { readSpreadsheet } = await import('./read-spreadsheet.ts');
  const text = await refusing(async () => readSpreadsheet(bytes));
  return { pieces: [{ page: null, text }], pageCount: null, structure: 'markdown' };
}

async function readHtml(bytes: Buffer): Promise<Content> {
  const declared = /<meta[^>]{1,200}charset\s*=\s*["']?\s*([\w-]{1,40})/i.exec(bytes.toString('latin1', 0, 4096))?.[1] ?? null;
  const text = await refusing(async () => htmlToMarkdown(decodeLimited(bytes, declared)));
  return { pieces: [{ page: null, text }], pageCount: null, structure: 'markdown' };
}

function plain(text: string, structure: ParsedFile['structure']): Content {
  if (text.trim() === '') throw new AppError('FILE_EMPTY', 'The file holds nothing but white space.');
  return { pieces: [{ page: null, text }], pageCount: null, structure };
}

function decodeLimited(bytes: Buffer, declaredEncoding: string | null = null): string {
  // No encoding spends more than four bytes on a code unit.
  assertTextLength(Math.ceil(bytes.length / 4));
  return decodeText(bytes, declaredEncoding);
}

/** One text out of the pieces, with a blank line between two, and where its pages start. */
function assemble(content: Content): Pick<ParsedFile, 'text' | 'pages'> {
  const pages: PageStart[] = [];
  const parts: string[] = [];
  let length = 0;
  for (const piece of content.pieces) {
    const text = tidyText(piece.text);
    if (text.trim() === '') continue;
    if (piece.page !== null && pages.at(-1)?.[0] !== piece.page) pages.push([piece.page, length]);
    parts.push(text);
    length += text.length + pieceJoiner.length;
  }
  if (parts.length === 0) throw new AppError('FILE_NO_TEXT', 'The file holds no text.');
  assertTextLength(length);
  return { text: parts.join(pieceJoiner), pages };
}

/** Runs a parser and says in our terms why it gave up. */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (error instanceof Error && error.name === 'PasswordException') throw new AppError('FILE_ENCRYPTED', 'The file wants a password.');
    // A full stack, which some parsers report as an error of their own, or a string longer than there can be.
    if (error instanceof RangeError || String(error).includes('Maximum call stack')) throw nestedTooDeeply(error);
    throw new AppError('FILE_DAMAGED', 'The file cannot be read.', { cause: error });
  }
}
