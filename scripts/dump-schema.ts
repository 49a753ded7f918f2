import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeDatabase, openDatabase } from '../src/main/core/db/database.ts';

/** The file that shows what all migrations come to; reviewed with every change of the schema. */
export const schemaFile = path.join(import.meta.dirname, '../src/main/core/db/schema.sql');

/** The schema of a fresh database, in the order things were created. What FTS5 keeps for itself is left out. */
export function dumpSchema(): string {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tally-schema-'));
  const db = openDatabase({ dataDir, now: () => 0, newId: () => 'schema' });
  try {
    const statements = db
      .prepare<[], string>(`
      SELECT sql FROM sqlite_schema
      WHERE sql IS NOT NULL AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow') ORDER BY rowid`)
      .pluck()
      .all();
    const version: unknown = db.pragma('user_version', { simple: true });
    const head = `-- What the migrations come to, at user_version ${String(version)}. Made by \`npx node scripts/dump-schema.ts\`; do not edit.\n\n`;
    return `${head}${statements.map((sql) => `${withoutIndent(sql)};\n`).join('\n')}`;
  } finally {
    closeDatabase(db);
    rmSync(dataDir, { recursive: true });
  }
}

/** SQLite keeps a statement as it was written, with the indentation of the migration's source. */
function withoutIndent(sql: string): string {
  return sql.replace(/^ {4}/gm, '');
}

if (import.meta.main) {
  writeFileSync(schemaFile, dumpSchema());
  console.log(`Written: ${path.relative(process.cwd(), schemaFile)}`);
}
