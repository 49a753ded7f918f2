import type { Db } from '../db/database.ts';

/** A server may have been updated after this time, so it is tried with `stream_options` again. */
const rememberedMs = 7 * 24 * 60 * 60 * 1_000;

/** What addresses were found to refuse, remembered over restarts. Times in epoch milliseconds. */
export function createEndpointQuirkStore(db: Db) {
  const select = db.prepare<[string], { at: number }>('SELECT refused_stream_options_at AS at FROM endpoint_quirk WHERE base_url = ?');
  const upsert = db.prepare<[string, number]>(`
    INSERT INTO endpoint_quirk (base_url, refused_stream_options_at) VALUES (?, ?)
    ON CONFLICT DO UPDATE SET refused_stream_options_at = excluded.refused_stream_options_at`);
  return {
    refusesStreamOptions(baseUrl: string, now: number): boolean {
      const refusedAt = select.get(baseUrl)?.at;
      return refusedAt !== undefined && now - refusedAt < rememberedMs;
    },
    /** Throws what the database throws. */
    noteRefusal(baseUrl: string, now: number): void {
      upsert.run(baseUrl, now);
    },
  };
}
