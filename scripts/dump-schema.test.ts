import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { dumpSchema, schemaFile } from './dump-schema.ts';

it('is what src/main/core/db/schema.sql shows (if not, run: npx node scripts/dump-schema.ts)', () => {
  expect(readFileSync(schemaFile, 'utf8')).toBe(dumpSchema());
});
