import { expect, it } from 'vitest';
import { maxFileBytes } from '../../../shared/file-limits.ts';
import { sortPicked, type PickedFile } from './picked-file.ts';

function picked(path: string, options: { text?: string; sizeBytes?: number } = {}): PickedFile {
  const file = new File([options.text ?? 'x'], path.split('/').at(-1) ?? path);
  if (options.sizeBytes !== undefined) Object.defineProperty(file, 'size', { value: options.sizeBytes });
  return { file, path };
}

it('leaves out what a folder brings along unasked, and says why', async () => {
  const { accepted, skipped } = await sortPicked([
    picked('project/readme.md'),
    picked('project/.git/config'),
    picked('project/.env'),
    picked('project/web/node_modules/left-pad/index.js'),
    picked('project/logo.PNG'),
    picked('project/docs/Thumbs.db'),
    picked('project/docs/~$minutes.docx'),
    picked('project/dump.csv', { sizeBytes: maxFileBytes + 1 }),
  ]);
  expect(accepted.map(({ path }) => path)).toEqual(['project/readme.md']);
  expect(skipped.map(({ reason }) => reason)).toEqual(['hidden', 'hidden', 'dependency', 'media', 'hidden', 'hidden', 'tooLarge']);
});

it('heeds the .gitignore of the folder and those inside it', async () => {
  const { accepted, skipped } = await sortPicked([
    picked('project/.gitignore', { text: '/out/\n*.log\n' }),
    picked('project/docs/.gitignore', { text: 'draft.md\n!last.log\n' }),
    ...['out/a.md', 'docs/out/a.md', 'a.log', 'docs/last.log', 'docs/draft.md', 'draft.md'].map((path) => picked(`project/${path}`)),
  ]);
  expect(accepted.map(({ path }) => path)).toEqual(['project/docs/out/a.md', 'project/docs/last.log', 'project/draft.md']);
  expect(skipped.filter(({ reason }) => reason === 'ignored')).toHaveLength(3);
});

it('takes a folder that is called like one of those, and a file that was chosen by name, up to the limit', async () => {
  const files = [picked('.config/notes.md'), picked('.zshrc'), picked('scan.png'), picked('book.pdf', { sizeBytes: maxFileBytes })];
  expect((await sortPicked(files)).accepted).toHaveLength(4);
  const film = picked('film.pdf', { sizeBytes: maxFileBytes + 1 });
  expect((await sortPicked([film])).skipped).toEqual([{ path: 'film.pdf', reason: 'tooLarge' }]);
});
