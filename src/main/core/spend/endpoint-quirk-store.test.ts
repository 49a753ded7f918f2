import { expect, it } from 'vitest';
import { openTemporaryDatabase } from '../../../../tests/temporary-database.ts';
import { createEndpointQuirkStore } from './endpoint-quirk-store.ts';

const dayMs = 24 * 60 * 60 * 1_000;

it('remembers over a restart that an address refuses stream_options, and tries again after a week', () => {
  const temporary = openTemporaryDatabase();
  const refusedAt = Date.UTC(2026, 10, 23);
  createEndpointQuirkStore(temporary.db).noteRefusal('https://gateway.example/v1', refusedAt);
  const quirks = createEndpointQuirkStore(temporary.db);
  expect(quirks.refusesStreamOptions('https://gateway.example/v1', refusedAt + 6 * dayMs)).toBe(true);
  expect(quirks.refusesStreamOptions('https://other.example/v1', refusedAt)).toBe(false);
  expect(quirks.refusesStreamOptions('https://gateway.example/v1', refusedAt + 7 * dayMs)).toBe(false);
  quirks.noteRefusal('https://gateway.example/v1', refusedAt + 7 * dayMs);
  expect(quirks.refusesStreamOptions('https://gateway.example/v1', refusedAt + 8 * dayMs)).toBe(true);
  temporary[Symbol.dispose]();
});
