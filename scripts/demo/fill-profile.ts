import { closeDatabase, inTransaction, openDatabase } from '../../src/main/core/db/database.ts';
import { createTokenCounter, type TokenCounter } from '../../src/main/core/spend/tokens/token-counter.ts';
import { startTestCore, type TestCore } from '../../tests/core/start-test-core.ts';
import { seededRandom } from '../../tests/seeded-random.ts';
import { furnish, setUp } from './furnish.ts';
import { createScript, holdTalk, type Script } from './hold-talks.ts';
import { importBill } from './import-bill.ts';
import { makeFolders, organise } from './organise-talks.ts';
import { readTalks, type SampleLanguage, type WrittenTalk } from './read-talks.ts';
import { createSampleClock, startOfDay, type SampleClock } from './sample-clock.ts';
import { createSampleModel } from './sample-model.ts';
import { setBudgets } from './set-budgets.ts';
import { storeProviders } from './store-providers.ts';
import { storeYear } from './store-year.ts';

const seed = 6;
const dayMs = 86_400_000;
const hourMs = 3_600_000;
const tokenizerModel = 'gpt-4o';
/** How much there is in a profile: a year, what happened today alone, or nothing but settings. */
export type ProfileExtent = 'year' | 'today' | 'nothing';

export interface ProfileOptions {
  /** Exists and is empty. */
  readonly dataDir: string;
  readonly language: SampleLanguage;
  /** Epoch milliseconds; everything happened before. */
  readonly now: number;
  readonly timeZone: string;
  readonly extent: ProfileExtent;
  /** About how many calls the year has besides those of the written conversations; missing: as many as somebody makes who uses it every day. */
  readonly callCount?: number;
}

/**
 * Fills a data folder with a year of somebody's conversations, documents and spend. The everyday ones are stored as they are; those that
 * are worth reading are held with a core, so that their receipts, sources and traces are real. The same for the same `now`.
 */
export async function fillProfile(options: ProfileOptions): Promise<void> {
  const { dataDir, language, now, timeZone, extent, callCount = 2_400 } = options;
  const written = readTalks(language);
  const { talks, patterns } = written;
  const midnight = startOfDay(now, timeZone);
  const clock = createSampleClock(extent === 'year' ? now - 364 * dayMs : midnight, seededRandom(seed));
  const tokenCounter = createTokenCounter();
  const script = createScript();
  const sampleModel = createSampleModel({ tokenCounter, replyTo: script.replyTo, pause: async (pauseMs) => clock.advance(pauseMs) });
  const ask: typeof fetch = (input, init) => {
    const request = new Request(input, init);
    return sampleModel(new URL(request.url).host, request);
  };
  const ports = { now: clock.now, newId: clock.newId, timeZone: () => timeZone, fetchFor: () => ask };
  const core = await startTestCore({ dataDir, ports });
  const db = openDatabase({ dataDir, now: clock.now, newId: clock.newId });
  try {
    inTransaction(db, () => storeProviders(db, clock.now()));
    await setUp(core.client, language);
    if (extent === 'nothing') return;
    const folderIds = extent === 'year' ? await makeFolders(core.client, written) : new Map<string, string>();
    const furnishing = furnish(core.client, language, () => clock.advance(extent === 'year' ? 43 * dayMs : 1_000));
    if (extent === 'year') {
      // While the process that reads documents starts.
      inTransaction(db, () => storeYear({ db, patterns, now, timeZone, callCount, countTokens: countOnce(tokenCounter), folderIds }));
    }
    const collections = await furnishing;
    const dated = datedTalks(talks, now, midnight);
    await holdTalks({ core, script, clock, collections, folderIds }, extent === 'today' ? dated.filter(({ at }) => at >= midnight) : dated);
    clock.set(now);
    await setBudgets(core.client, () => clock.advance(1));
    await importBill(core.client, db);
  } finally {
    closeDatabase(db);
    await core.close();
    await tokenCounter.close();
  }
}

interface DatedTalk {
  readonly talk: WrittenTalk;
  /** Epoch milliseconds. */
  readonly at: number;
}

interface Stage {
  readonly core: TestCore;
  readonly script: Script;
  readonly clock: SampleClock;
  /** Ids by the names the talks have for them. */
  readonly collections: ReadonlyMap<string, string>;
  readonly folderIds: ReadonlyMap<string, string>;
}

async function holdTalks({ core, script, clock, collections, folderIds }: Stage, talks: readonly DatedTalk[]): Promise<void> {
  for (const { talk, at } of talks) {
    clock.set(at);
    const collectionId = collections.get(talk.fields['collections'] ?? '');
    const conversationId = await holdTalk(core, script, talk, collectionId === undefined ? [] : [collectionId]);
    await organise(core.client, conversationId, talk, folderIds);
  }
}

/** Counts each text once: a year repeats itself. */
function countOnce(tokenCounter: Pick<TokenCounter, 'countSync'>): (text: string) => number {
  const counts = new Map<string, number>();
  return (text) => {
    const count = counts.get(text) ?? tokenCounter.countSync(text, tokenizerModel);
    counts.set(text, count);
    return count;
  };
}

/** The talks with the time they begin at, oldest first: some each day, those of today up to a moment ago. */
function datedTalks(talks: readonly WrittenTalk[], now: number, midnight: number): DatedTalk[] {
  const byDay = Map.groupBy(talks, (talk) => Number(talk.fields['days']));
  return [...byDay]
    .toSorted(([a], [b]) => b - a)
    .flatMap(([daysAgo, ofDay]) =>
      ofDay.map((talk, index) => {
        const stepMs = daysAgo === 0 ? Math.min(hourMs / 5, (now - midnight) / (ofDay.length + 1)) : 2 * hourMs;
        const first = daysAgo === 0 ? now - ofDay.length * stepMs : midnight - daysAgo * dayMs + 9 * hourMs;
        return { talk, at: first + index * stepMs };
      }),
    );
}
