import { expect, it } from 'vitest';
import { fileNameOf } from './file-name.ts';

it('names a file after the conversation, in any language, with nothing a file system refuses', () => {
  expect(fileNameOf('契約書の質問', 'x')).toBe('契約書の質問');
  expect(fileNameOf('../etc/pass:wd?\u202Egpj.exe ', 'x')).toBe('etc pass wd gpj.exe');
  expect(fileNameOf(' ...', 'Untitled')).toBe('Untitled');
  expect(Array.from(fileNameOf('🦉'.repeat(100), 'x'))).toHaveLength(60);
});
