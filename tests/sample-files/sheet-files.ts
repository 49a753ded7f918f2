import JSZip from 'jszip';

const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const sheetNamespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relationshipType = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** A text, a number as it is stored, or a number with the format a sheet shows it in (or the number of one that Excel brings). */
export type SheetCell =
  | string
  | number
  | boolean
  | null
  | { readonly value: number; readonly format: string | number }
  | { readonly formula: string; readonly value: number };

export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly SheetCell[])[];
}

/** Builds an .xlsx with the parts Excel itself requires; texts lie in the table of shared strings. */
export async function makeXlsx(sheets: readonly Sheet[]): Promise<Buffer> {
  const texts: string[] = [];
  const formats: (string | number)[] = [];
  const zip = new JSZip();
  sheets.forEach(({ rows }, index) => {
    const data = rows.map(
      (row, at) =>
        `<row r="${at + 1}">${row.map((cell, column) => cellXml(cell, `${letters(column)}${at + 1}`, texts, formats)).join('')}</row>`,
    );
    zip.file(
      `xl/worksheets/sheet${index + 1}.xml`,
      `${xmlHead}<worksheet xmlns="${sheetNamespace}"><sheetData>${data.join('')}</sheetData></worksheet>`,
    );
  });
  const overrides = sheets.map(
    (_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${contentType}.worksheet+xml"/>`,
  );
  zip.file(
    '[Content_Types].xml',
    `${xmlHead}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${contentType}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${contentType}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${contentType}.sharedStrings+xml"/>${overrides.join('')}</Types>`,
  );
  zip.file('_rels/.rels', relationships([['rId1', 'officeDocument', 'xl/workbook.xml']]));
  zip.file(
    'xl/_rels/workbook.xml.rels',
    relationships([
      ...sheets.map((_, index) => [`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`] as const),
      ['rId901', 'styles', 'styles.xml'],
      ['rId902', 'sharedStrings', 'sharedStrings.xml'],
    ]),
  );
  const names = sheets.map(({ name }, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`);
  zip.file(
    'xl/workbook.xml',
    `${xmlHead}<workbook xmlns="${sheetNamespace}" xmlns:r="${relationshipType}"><sheets>${names.join('')}</sheets></workbook>`,
  );
  const numberFormats = formats.map((format, index) =>
    typeof format === 'number' ? '' : `<numFmt numFmtId="${200 + index}" formatCode="${escapeXml(format)}"/>`,
  );
  const cellFormats = formats.map(
    (format, index) => `<xf numFmtId="${typeof format === 'number' ? format : 200 + index}" applyNumberFormat="1"/>`,
  );
  zip.file(
    'xl/styles.xml',
    `${xmlHead}<styleSheet xmlns="${sheetNamespace}"><numFmts>${numberFormats.join('')}</numFmts><cellXfs><xf numFmtId="0"/>${cellFormats.join('')}</cellXfs></styleSheet>`,
  );
  zip.file(
    'xl/sharedStrings.xml',
    `${xmlHead}<sst xmlns="${sheetNamespace}">${texts.map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`).join('')}</sst>`,
  );
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

function cellXml(cell: SheetCell, at: string, texts: string[], formats: (string | number)[]): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return `<c r="${at}" t="s"><v>${texts.push(cell) - 1}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${at}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if ('formula' in cell) return `<c r="${at}"><f>${escapeXml(cell.formula)}</f><v>${cell.value}</v></c>`;
  return `<c r="${at}" s="${formats.push(cell.format)}"><v>${cell.value}</v></c>`;
}

/** 0 is A, 26 is AA. */
function letters(column: number): string {
  return (column < 26 ? '' : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));
}

function relationships(entries: readonly (readonly [id: string, kind: string, target: string])[]): string {
  const list = entries.map(([id, kind, target]) => `<Relationship Id="${id}" Type="${relationshipType}/${kind}" Target="${target}"/>`);
  return `${xmlHead}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.join('')}</Relationships>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
