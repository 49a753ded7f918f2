import { expect, it } from 'vitest';
import { saysImage } from './says-image.ts';

it.each([
  ['photo.JPG', ''],
  ['image.png', 'image/png'],
  ['a page.png', 'text/html'],
  ['drawing.svg', 'image/svg+xml'],
  ['pasted', 'image/webp'],
])('%s of the type "%s" is meant as an image', (name, type) => {
  expect(saysImage({ name, type })).toBe(true);
});

it.each([
  ['notes.txt', 'text/plain'],
  ['png', ''],
  ['lease.pdf', 'application/pdf'],
  ['photo.png.zip', 'application/zip'],
])('%s of the type "%s" is meant as a document', (name, type) => {
  expect(saysImage({ name, type })).toBe(false);
});
