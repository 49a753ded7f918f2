import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { makePptx } from '../../../../../tests/sample-files/office-files.ts';

const loader = fileURLToPath(new URL('load-document.ts', import.meta.url));

it(
  'never loads the text recognition that the office parser brings, which would fetch its models from elsewhere',
  { timeout: 60_000 },
  async () => {
    const dir = await mkdtemp(path.join(tmpdir(), 'tally-libraries-'));
    const deck = path.join(dir, 'deck');
    await writeFile(deck, await makePptx([{ title: 'First', lines: ['alpha'] }]));
    const program = `
    import { createRequire } from 'node:module';
    import { loadDocument } from ${JSON.stringify(loader)};
    await loadDocument(${JSON.stringify(deck)}, 'deck.pptx');
    console.log(Object.keys(createRequire(import.meta.url).cache).filter((file) => /officeparser|tesseract/.test(file)).join('\\n'));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
    expect(stdout).toContain('officeparser');
    expect(stdout).not.toContain('tesseract.js');
    await rm(dir, { recursive: true });
  },
);
