import type { Db } from '../db/database.ts';

/** Words whose stems are remembered, some megabytes. */
const maxRemembered = 50_000;

/**
 * Finds the stems by which the full-text table of passages knows words, with the tokenizer of that table itself: a
 * temporary table of this connection takes them and tells what it made of them. A word the tokenizer takes for several has the last one's; one it takes for none is missing.
 */
export function createWordStems(db: Db): (words: Iterable<string>) => ReadonlyMap<string, string> {
  db.exec(`
    CREATE VIRTUAL TABLE IF NOT EXISTS temp.stemmed USING fts5 (word, content = '', tokenize = 'porter unicode61 remove_diacritics 2');
    CREATE VIRTUAL TABLE IF NOT EXISTS temp.stem USING fts5vocab (temp, stemmed, instance);`);
  const insert = db.prepare<[number, string]>('INSERT INTO temp.stemmed (rowid, word) VALUES (?, ?)');
  const stems = db.prepare<[], { term: string; doc: number }>('SELECT term, doc FROM temp.stem');
  const clear = db.prepare("INSERT INTO temp.stemmed (stemmed) VALUES ('delete-all')");
  const known = new Map<string, string>();

  return (words) => {
    if (known.size > maxRemembered) known.clear();
    const unknown = [...new Set(words)].filter((word) => !known.has(word));
    db.transaction(() => {
      for (const [index, word] of unknown.entries()) insert.run(index + 1, word);
      for (const { term, doc } of stems.all()) known.set(unknown[doc - 1] ?? '', term);
      clear.run();
    })();
    return known;
  };
}
