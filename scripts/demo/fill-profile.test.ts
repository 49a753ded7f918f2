import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTemporaryDatabase } from '../../tests/temporary-database.ts';
import type { Db } from '../../src/main/core/db/database.ts';
import { fillProfile } from './fill-profile.ts';
import { readTalks } from './read-talks.ts';
import { storeYear } from './store-year.ts';

/** An evening in Tokyo, where the day began while it was still the day before in UTC. */
const now = Date.parse('2026-11-24T21:00:00+09:00');
const timeZone = 'Asia/Tokyo';

describe.each(['en', 'ja'] as const)('the sample in %s', (language) => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tally-sample-'));
  let db: Db;
  const count = (sql: string): unknown => db.prepare(`SELECT count(*) FROM ${sql}`).pluck().get();

  beforeAll(async () => {
    // Every written conversation is held: a citation whose words no passage has fails here.
    await fillProfile({ dataDir, language, now, timeZone, extent: 'year', callCount: 200 });
    db = new Database(path.join(dataDir, 'tally.db'));
  }, 120_000);

  afterAll(() => {
    db.close();
    rmSync(dataDir, { recursive: true });
  });

  it('leads from every call to its message, conversation and document', () => {
    expect(count('usage_record')).toBeGreaterThan(250);
    for (const [column, table] of [
      ['message_id', 'message'],
      ['conversation_id', 'conversation'],
      ['document_id', 'document'],
    ]) {
      const lost = `usage_record WHERE ${column} IS NOT NULL AND ${column} NOT IN (SELECT id FROM ${table})`;
      expect(count(lost), column).toBe(0);
    }
    expect(count('usage_record WHERE message_id IS NULL AND document_id IS NULL')).toBe(0);
  });

  it('has sums that are those of its records', () => {
    for (const [split, key] of [
      ['all', "''"],
      ['model', "provider_id || '/' || requested_model"],
      ['conversation', "coalesce(conversation_id, '')"],
      [
        'folder',
        "coalesce((SELECT folder_id FROM filed_conversation AS filed WHERE filed.conversation_id = usage_record.conversation_id), '')",
      ],
    ]) {
      const ofRecords = db.prepare(
        `SELECT ${key} AS key, count(*) AS calls, total(cost_nanos) AS nanos FROM usage_record GROUP BY 1 ORDER BY 1`,
      );
      const ofSums = db.prepare(`SELECT key, call_count AS calls, total(cost_nanos) AS nanos FROM usage_sum
        WHERE split = '${split}' AND unit = 'ever' GROUP BY 1 ORDER BY 1`);
      expect(ofSums.all()).toEqual(ofRecords.all());
    }
  });

  it('has receipts whose parts are what was sent', () => {
    const off = `(SELECT input_tokens, (SELECT sum(part.value ->> 'tokens') FROM json_each(parts_json) AS part) AS counted
      FROM message_request JOIN usage_record USING (message_id) WHERE purpose = 'answer' AND outcome = 'done') WHERE input_tokens <> counted`;
    expect(count(`message_request`)).toBeGreaterThan(100);
    expect(count(off)).toBe(0);
  });

  it('lies within the year that ends now, and is written out', () => {
    const yearMs = 366 * 86_400_000;
    expect(count(`usage_record WHERE started_at + duration_ms > ${now} OR started_at < ${now - yearMs}`)).toBe(0);
    expect(count(`conversation WHERE updated_at > ${now}`)).toBe(0);
    expect(count("message WHERE text LIKE '%{cite:%' OR text = '' AND status = 'done'")).toBe(0);
    const slots = readTalks(language).patterns.flatMap(({ fields }) => Object.keys(fields));
    for (const slot of slots) expect(count(`message WHERE text LIKE '%{${slot}}%'`), slot).toBe(0);
  });

  it('shows what there is to show', () => {
    expect(readTalks(language).talks.length).toBeGreaterThanOrEqual(25);
    const cited = db.prepare("SELECT text FROM message WHERE role = 'assistant' AND text GLOB '*[[]1]*'").all();
    expect(cited.length).toBeGreaterThanOrEqual(5);
    const outcomes = db.prepare<[], string>('SELECT DISTINCT outcome FROM usage_record ORDER BY 1').pluck().all();
    expect(outcomes).toEqual(['done', 'failed', 'stopped']);
    expect(count("usage_record WHERE exactness = 'no_price'")).toBeGreaterThan(0);
    expect(count("usage_record WHERE exactness = 'free'")).toBeGreaterThan(0);
    expect(count('message WHERE comparison_id IS NOT NULL')).toBe(2);
    expect(count("document WHERE status <> 'ready'")).toBe(0);
    expect(count('embedding')).toBeGreaterThan(10);
    expect(count('budget')).toBe(4);
    expect(count('folder WHERE id IN (SELECT folder_id FROM filed_conversation)')).toBe(3);
    expect(count('conversation WHERE pinned_at IS NOT NULL')).toBe(1);
    expect(count('conversation WHERE archived_at IS NOT NULL')).toBe(2);
    expect(count('message_image')).toBe(1);
  });
});

it('is the same for the same moment', () => {
  const made = [0, 1].map(() => {
    const temporary = openTemporaryDatabase();
    const { patterns } = readTalks('en');
    storeYear({ db: temporary.db, patterns, now, timeZone, callCount: 60, countTokens: (text) => text.length, folderIds: new Map() });
    const rows = ['conversation', 'message', 'usage_record', 'usage_sum'].map((table) =>
      temporary.db.prepare(`SELECT * FROM ${table}`).all(),
    );
    temporary[Symbol.dispose]();
    return rows;
  });
  expect(made[0]).toEqual(made[1]);
});
