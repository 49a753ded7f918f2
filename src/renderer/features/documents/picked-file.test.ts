import { expect, it } from 'vitest';
import { maxFileBytes } from '../../../shared/file-limits.ts';
import { sortPicked, type PickedFile } from './picked-file.ts';

function picked(path: string, options: { type?: string; sizeBytes?: number } = {}): PickedFile {
  const file = new File(['x'], path.split('/').at(-1) ?? path, { type: options.type ?? '' });
  if (options.sizeBytes !== undefined) Object.defineProperty(file, 'size', { value: options.sizeBytes });
  return { file, path };
}

it('leaves out what a folder brings along unasked, and says why', () => {
  const { accepted, skipped } = sortPicked([
    picked('project/readme.md'),
    picked('project/.git/config'),
    picked('project/.env'),
    picked('project/web/node_modules/left-pad/index.js'),
    picked('project/logo.png', { type: 'image/png' }),
    picked('project/dump.csv', { sizeBytes: maxFileBytes + 1 }),
  ]);
  expect(accepted.map(({ path }) => path)).toEqual(['project/readme.md']);
  expect(skipped.map(({ reason }) => reason)).toEqual(['hidden', 'hidden', 'dependency', 'media', 'tooLarge']);
});

it('takes a file that was chosen by name, hidden or not, up to the limit', () => {
  const files = [picked('.zshrc'), picked('scan.png', { type: 'image/png' }), picked('book.pdf', { sizeBytes: maxFileBytes })];
  expect(sortPicked(files).accepted).toHaveLength(3);
  expect(sortPicked([picked('film.pdf', { sizeBytes: maxFileBytes + 1 })]).skipped).toEqual([{ path: 'film.pdf', reason: 'tooLarge' }]);
});
