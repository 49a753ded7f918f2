import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import JSZip from 'jszip';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCore, type TestCore } from '../core/start-test-core.ts';
import { makeDocx, makeEpub, makePptx } from '../sample-files/office-files.ts';
import { assemblePdf } from '../sample-files/pdf-files.ts';
import { makeXlsx } from '../sample-files/sheet-files.ts';
import { loadFile } from './load-file.ts';

let core: TestCore;
let connectionCount = 0;
const server = createServer((socket) => {
  connectionCount += 1;
  socket.destroy();
});
let trap = '';

beforeAll(async () => {
  core = await startTestCore();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // A TCP server's address is an AddressInfo.
  trap = `http://127.0.0.1:${(server.address() as AddressInfo).port}/trap`;
});

afterAll(async () => {
  server.close();
  await core.close();
});

async function withRelationships(archive: Buffer, part: string): Promise<Buffer> {
  const zip = await JSZip.loadAsync(archive);
  const xml =
    (await zip.file(part)?.async('string')) ??
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>';
  const kinds = ['image', 'attachedTemplate', 'oleObject', 'externalLink', 'hyperlink', 'frame'];
  const links = kinds.map(
    (kind) =>
      `<Relationship Id="x-${kind}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${kind}" Target="${trap}" TargetMode="External"/>`,
  );
  zip.file(part, xml.replace('</Relationships>', `${links.join('')}</Relationships>`));
  return zip.generateAsync({ type: 'nodebuffer' });
}

/** A Word file whose text shows a picture that lies elsewhere. */
async function wordWithLinkedPicture(): Promise<Buffer> {
  const linked = await withRelationships(await makeDocx(['Words beside it']), 'word/_rels/document.xml.rels');
  const zip = await JSZip.loadAsync(linked);
  const picture =
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:docPr id="1" name="p"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:link="x-image"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>';
  const body = await zip.file('word/document.xml')?.async('string');
  zip.file('word/document.xml', (body ?? '').replace('</w:body>', `${picture}</w:body>`));
  return zip.generateAsync({ type: 'nodebuffer' });
}

it.each<[string, () => Promise<Buffer> | Buffer]>([
  ['linked.docx', wordWithLinkedPicture],
  ['linked.pptx', async () => withRelationships(await makePptx([{ title: 'Words', lines: [] }]), 'ppt/slides/_rels/slide1.xml.rels')],
  ['linked.xlsx', async () => withRelationships(await makeXlsx([{ name: 'A', rows: [['Words']] }]), 'xl/_rels/workbook.xml.rels')],
  ['linked.epub', () => makeEpub([{ title: 'Words', body: `<p>Words</p><img src="${trap}"/><iframe src="${trap}"></iframe>` }])],
  [
    'entity.docx',
    async () => {
      const zip = await JSZip.loadAsync(await makeDocx(['Words']));
      const body = await zip.file('word/styles.xml')?.async('string');
      zip.file('word/styles.xml', (body ?? '').replace('?>', `?><!DOCTYPE x SYSTEM "${trap}">`));
      return zip.generateAsync({ type: 'nodebuffer' });
    },
  ],
  [
    'linked.html',
    () =>
      Buffer.from(
        `<base href="${trap}"><link rel="stylesheet" href="a.css"><script src="${trap}"></script><meta http-equiv="refresh" content="0; url=${trap}"><p>Words <img src="${trap}"></p>`,
      ),
  ],
  ['linked.md', () => Buffer.from(`Words ![](${trap}) <img src="${trap}">`)],
  [
    'linked.pdf',
    () => {
      const content = 'BT /F1 12 Tf 20 100 Td (Words) Tj ET';
      return assemblePdf([
        `<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /URI /URI (${trap}) >> >>`,
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /AA << /O << /S /SubmitForm /F << /FS /URL /F (${trap}) >> >> >> /Resources << /Font << /F1 5 0 R >> >> >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
        `<< /Type /Font /Subtype /Type1 /BaseFont /Nowhere /FontDescriptor << /Type /FontDescriptor /FontName /Nowhere /FontFile << /F (${trap}) /FS /URL >> >> >>`,
      ]);
    },
  ],
])('reads %s without asking for anything it links to', { timeout: 60_000 }, async (name, make) => {
  const { failure, document } = await loadFile(core, name, await make(), 0);
  expect(failure).toBeNull();
  expect((await core.client.call('documents.read', { documentId: document?.id ?? '' })).text).toContain('Words');
  expect(connectionCount).toBe(0);
});
