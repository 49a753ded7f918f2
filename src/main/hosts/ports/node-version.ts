/** better-sqlite3 is built for this version of Node-API (Node 22.14 and newer); an older Node ends with a segmentation fault. */
const neededNapi = 10;

/** Said instead of loading anything that opens the database. */
export const nodeTooOldSentence =
  'Tally needs Node 22.14 or newer. Start it with "npm start", which brings its own, or install a newer Node.';

/** Whether this Node can load the database. Ask before importing anything that does. */
export function supportsSqlite(napiVersion: string | undefined = process.versions['napi']): boolean {
  return Number(napiVersion) >= neededNapi;
}
