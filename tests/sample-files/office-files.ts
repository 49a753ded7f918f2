import JSZip from 'jszip';

const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const wordNamespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const slideNamespaces =
  'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const relationshipType = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const contentType = 'application/vnd.openxmlformats-officedocument';

/** A Word file. A block is a paragraph, a heading with its level, or the rows of a table. */
export type WordBlock = string | { readonly heading: number; readonly text: string } | { readonly rows: readonly (readonly string[])[] };

/** Builds a .docx with the parts Word itself requires and nothing more. */
export async function makeDocx(blocks: readonly WordBlock[]): Promise<Buffer> {
  const zip = new JSZip();
  zip.file(
    '[Content_Types].xml',
    `${xmlHead}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${contentType}.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${contentType}.wordprocessingml.styles+xml"/></Types>`,
  );
  zip.file('_rels/.rels', relationships([['rId1', 'officeDocument', 'word/document.xml']]));
  zip.file('word/_rels/document.xml.rels', relationships([['rId1', 'styles', 'styles.xml']]));
  const styles = [1, 2, 3].map(
    (level) => `<w:style w:type="paragraph" w:styleId="Heading${level}"><w:name w:val="heading ${level}"/></w:style>`,
  );
  zip.file('word/styles.xml', `${xmlHead}<w:styles ${wordNamespace}>${styles.join('')}</w:styles>`);
  zip.file('word/document.xml', `${xmlHead}<w:document ${wordNamespace}><w:body>${blocks.map(wordBlock).join('')}</w:body></w:document>`);
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

/** Builds a .pptx; each slide is its title and lines of text, with speaker notes where given. */
export async function makePptx(
  slides: readonly { readonly title: string; readonly lines: readonly string[]; readonly notes?: string }[],
): Promise<Buffer> {
  const zip = new JSZip();
  const overrides = slides.map(
    (_, index) => `<Override PartName="/ppt/slides/slide${index + 1}.xml" ContentType="${contentType}.presentationml.slide+xml"/>`,
  );
  zip.file(
    '[Content_Types].xml',
    `${xmlHead}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/ppt/presentation.xml" ContentType="${contentType}.presentationml.presentation.main+xml"/>${overrides.join('')}</Types>`,
  );
  zip.file('_rels/.rels', relationships([['rId1', 'officeDocument', 'ppt/presentation.xml']]));
  zip.file(
    'ppt/_rels/presentation.xml.rels',
    relationships(slides.map((_, index) => [`rId${index + 1}`, 'slide', `slides/slide${index + 1}.xml`])),
  );
  const ids = slides.map((_, index) => `<p:sldId id="${256 + index}" r:id="rId${index + 1}"/>`);
  zip.file(
    'ppt/presentation.xml',
    `${xmlHead}<p:presentation ${slideNamespaces}><p:sldIdLst>${ids.join('')}</p:sldIdLst></p:presentation>`,
  );
  slides.forEach((slide, index) => {
    const shapes = slideShape('title', [slide.title]) + slideShape('body', slide.lines);
    zip.file(`ppt/slides/slide${index + 1}.xml`, slideXml('sld', shapes));
    if (slide.notes === undefined) return;
    zip.file(`ppt/notesSlides/notesSlide${index + 1}.xml`, slideXml('notes', slideShape('body', [slide.notes])));
    zip.file(
      `ppt/slides/_rels/slide${index + 1}.xml.rels`,
      relationships([['rId1', 'notesSlide', `../notesSlides/notesSlide${index + 1}.xml`]]),
    );
  });
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

/** Builds an .epub; each chapter is the inside of its body element. */
export async function makeEpub(chapters: readonly { readonly title: string; readonly body: string }[]): Promise<Buffer> {
  const zip = new JSZip();
  zip.file('mimetype', 'application/epub+zip', { compression: 'STORE' });
  zip.file(
    'META-INF/container.xml',
    `${xmlHead}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`,
  );
  const items = chapters.map((_, index) => `<item id="c${index}" href="c${index}.xhtml" media-type="application/xhtml+xml"/>`);
  const spine = chapters.map((_, index) => `<itemref idref="c${index}"/>`);
  const points = chapters.map(
    ({ title }, index) =>
      `<navPoint id="n${index}" playOrder="${index + 1}"><navLabel><text>${escapeXml(title)}</text></navLabel><content src="c${index}.xhtml"/></navPoint>`,
  );
  zip.file(
    'OEBPS/content.opf',
    `${xmlHead}<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Sample</dc:title><dc:language>en</dc:language></metadata><manifest>${items.join('')}<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest><spine toc="ncx">${spine.join('')}</spine></package>`,
  );
  zip.file(
    'OEBPS/toc.ncx',
    `${xmlHead}<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><navMap>${points.join('')}</navMap></ncx>`,
  );
  chapters.forEach(({ title, body }, index) => {
    const html = `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>${escapeXml(title)}</title></head><body>${body}</body></html>`;
    zip.file(`OEBPS/c${index}.xhtml`, `${xmlHead}${html}`);
  });
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

/** A .docx whose body inflates to `inflatedBytes` from almost nothing. */
export async function makeDocxBomb(inflatedBytes: number): Promise<Buffer> {
  const zip = new JSZip();
  zip.file('[Content_Types].xml', `${xmlHead}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`);
  zip.file('word/document.xml', Buffer.alloc(inflatedBytes, 'A'));
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE', compressionOptions: { level: 9 } });
}

function relationships(entries: readonly (readonly [id: string, kind: string, target: string])[]): string {
  const list = entries.map(([id, kind, target]) => `<Relationship Id="${id}" Type="${relationshipType}/${kind}" Target="${target}"/>`);
  return `${xmlHead}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.join('')}</Relationships>`;
}

function wordBlock(block: WordBlock): string {
  if (typeof block === 'string') return wordParagraph(block);
  if ('heading' in block) return wordParagraph(block.text, `<w:pPr><w:pStyle w:val="Heading${block.heading}"/></w:pPr>`);
  const rows = block.rows.map((row) => `<w:tr>${row.map((cell) => `<w:tc>${wordParagraph(cell)}</w:tc>`).join('')}</w:tr>`);
  return `<w:tbl>${rows.join('')}</w:tbl>`;
}

function wordParagraph(text: string, properties = ''): string {
  return `<w:p>${properties}<w:r><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r></w:p>`;
}

function slideXml(element: string, shapes: string): string {
  return `${xmlHead}<p:${element} ${slideNamespaces}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:${element}>`;
}

function slideShape(kind: string, lines: readonly string[]): string {
  const paragraphs = lines.map((line) => `<a:p><a:r><a:t>${escapeXml(line)}</a:t></a:r></a:p>`).join('');
  return `<p:sp><p:nvSpPr><p:cNvPr id="2" name="${kind}"/><p:cNvSpPr/><p:nvPr><p:ph type="${kind}"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>${paragraphs}</p:txBody></p:sp>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
