import { seededRandom } from '../../tests/seeded-random.ts';
import { addDays, dayCountOf } from '../../src/main/core/spend/day-span.ts';
import type { BookedUsage } from '../../src/main/core/spend/settle-usage.ts';
import { createSampleCallBooker, type SampleCall, type SampleCallBooker } from './sample-call.ts';
import { sampleChatModels, sampleEmbeddingModel, sampleSmallModel, type SampleModel } from './sample-models.ts';

export interface SampleActivityOptions {
  /** The same seed makes the same activity. */
  readonly seed: number;
  /** About how many calls; whole conversations are made, so it may be some more. */
  readonly callCount: number;
  /** First and last day, YYYY-MM-DD. */
  readonly from: string;
  readonly to: string;
  /** IANA name of the zone the days are counted in. */
  readonly timeZone: string;
  /** How long the turns of the next conversation are. Where given, no document is added or asked. Missing: by chance. */
  readonly nextTurns?: (random: () => number) => readonly TurnLength[];
}

/** Tokens of a question and of its answer. */
export interface TurnLength {
  readonly questionTokens: number;
  readonly answerTokens: number;
}

/** A question, its answer, and the calls this took. */
export interface SampleTurn {
  readonly messageId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly model: SampleModel;
  readonly calls: readonly BookedUsage[];
}

/** Something somebody did: a chat, or a document put into a collection. */
export type SampleActivity =
  | { readonly type: 'conversation'; readonly id: string; readonly usesDocuments: boolean; readonly turns: readonly SampleTurn[] }
  | { readonly type: 'document'; readonly id: string; readonly collectionId: string; readonly calls: readonly BookedUsage[] };

/** Collections the documents of the sample go to. */
export const sampleCollectionIds = ['sample-contracts', 'sample-research', 'sample-manuals', 'sample-personal'] as const;

/** Conversations for each document that is added. */
const conversationsPerDocument = 12;
const msPerMinute = 60_000;

interface Maker {
  readonly random: () => number;
  readonly book: SampleCallBooker;
  readonly nextTurns: SampleActivityOptions['nextTurns'];
  nextId(kind: string): string;
}

/**
 * Days of somebody's work with chat models, made up: more on weekdays, more towards the end, short chats and long ones, with and
 * without documents, oldest first. Yields until `callCount` calls are made.
 */
export function* sampleActivity(options: SampleActivityOptions): Generator<SampleActivity> {
  const random = seededRandom(options.seed);
  let number = 0;
  const maker: Maker = {
    random,
    book: createSampleCallBooker(options.timeZone, random),
    nextTurns: options.nextTurns,
    nextId: (kind) => `sample-${kind}-${String((number += 1)).padStart(7, '0')}`,
  };
  const weights = dayWeights(options, random);
  const whole = weights.reduce((sum, { weight }) => sum + weight, 0);
  let made = 0;
  let planned = 0;
  let conversations = 0;
  for (const { day, weight } of weights) {
    planned += (weight / whole) * options.callCount;
    while (made < planned) {
      // Between seven in the morning and eleven at night, in UTC as near as zones allow.
      const at = Date.parse(`${day}T07:00:00Z`) + Math.floor(random() * 9 * 60) * msPerMinute;
      conversations += 1;
      const isDocument = options.nextTurns === undefined && conversations % conversationsPerDocument === 0;
      const activity = isDocument ? document(maker, at) : conversation(maker, at);
      made += activity.type === 'document' ? activity.calls.length : activity.turns.reduce((sum, { calls }) => sum + calls.length, 0);
      yield activity;
    }
  }
}

/** Only the calls of an activity. */
export function callsOf(activity: SampleActivity): readonly BookedUsage[] {
  return activity.type === 'document' ? activity.calls : activity.turns.flatMap(({ calls }) => calls);
}

function dayWeights({ from, to }: SampleActivityOptions, random: () => number): { day: string; weight: number }[] {
  const count = dayCountOf({ from, to });
  return Array.from({ length: count }, (_, index) => {
    const day = addDays(from, index);
    const isWeekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
    const growth = 0.6 + index / count;
    return { day, weight: (isWeekend ? 0.3 : 1) * growth * (0.35 + 1.3 * random()) };
  });
}

function pickModel(random: () => number): SampleModel {
  let left = random() * sampleChatModels.reduce((sum, { weight }) => sum + weight, 0);
  const found = sampleChatModels.find(({ weight }) => (left -= weight) < 0);
  return found ?? sampleSmallModel;
}

/** More small values than large ones, as lengths of texts are. */
function skewed(random: () => number, least: number, most: number): number {
  return Math.round(least + (most - least) * random() ** 3);
}

/** Tokens of passages that come with a question about documents. */
const passageTokens = 2_400;

function conversation({ random, book, nextId, nextTurns }: Maker, startedAt: number): SampleActivity {
  const id = nextId('conversation');
  const model = pickModel(random);
  const usesDocuments = nextTurns === undefined && random() < 0.3;
  const lengths = nextTurns?.(random) ?? turnsByChance(random);
  const turns: SampleTurn[] = [];
  let at = startedAt;
  let historyTokens = 0;
  for (const { questionTokens, answerTokens } of lengths) {
    const messageId = nextId('message');
    const about = { conversationId: id, messageId, documentId: null };
    const reasoningTokens = model.reasons ? Math.round(answerTokens * (1 + 8 * random())) : 0;
    const calls = [
      ...(usesDocuments ? searchCalls({ book, nextId }, about, at, turns.length > 0) : []),
      // Caches hold prefixes of 1,024 tokens and more, in steps of 128.
      book({
        ...about,
        id: nextId('call'),
        model,
        purpose: 'answer',
        startedAt: at + 1_200,
        inputTokens: historyTokens + questionTokens + (usesDocuments ? passageTokens : 0),
        cacheReadTokens: historyTokens >= 1_024 ? Math.floor((historyTokens * 0.9) / 128) * 128 : 0,
        outputTokens: answerTokens + reasoningTokens,
        reasoningTokens,
      }),
      ...(turns.length === 0 ? [titleCall({ book, nextId }, about, at + 9_000)] : []),
    ];
    turns.push({ messageId, at, model, calls });
    historyTokens += questionTokens + answerTokens;
    at += skewed(random, 1, 60) * msPerMinute;
  }
  return { type: 'conversation', id, usesDocuments, turns };
}

function turnsByChance(random: () => number): TurnLength[] {
  return Array.from({ length: 1 + skewed(random, 0, 14) }, () => ({
    questionTokens: skewed(random, 12, 900),
    answerTokens: skewed(random, 30, 1_800),
  }));
}

type About = Pick<SampleCall, 'conversationId' | 'messageId' | 'documentId'>;

/** What is asked before the answer to a question about documents. */
function searchCalls({ book, nextId }: Pick<Maker, 'book' | 'nextId'>, about: About, at: number, isFollowUp: boolean): BookedUsage[] {
  const small = { ...about, model: sampleSmallModel, cacheReadTokens: 0 };
  return [
    ...(isFollowUp ? [book({ ...small, id: nextId('call'), purpose: 'condense', startedAt: at, inputTokens: 420, outputTokens: 22 })] : []),
    book({
      ...small,
      id: nextId('call'),
      model: sampleEmbeddingModel,
      purpose: 'query_embedding',
      startedAt: at + 900,
      inputTokens: 24,
      outputTokens: null,
    }),
  ];
}

function titleCall({ book, nextId }: Pick<Maker, 'book' | 'nextId'>, about: About, startedAt: number): BookedUsage {
  const call = { id: nextId('call'), purpose: 'title', startedAt, inputTokens: 310, cacheReadTokens: 0, outputTokens: 9 } as const;
  return book({ ...about, ...call, model: sampleSmallModel });
}

function document({ random, book, nextId }: Maker, startedAt: number): SampleActivity {
  const id = nextId('document');
  const collectionId = sampleCollectionIds[Math.floor(random() * sampleCollectionIds.length)] ?? sampleCollectionIds[0];
  const batches = 1 + skewed(random, 0, 9);
  const calls = Array.from({ length: batches }, (_, index) =>
    book({
      id: nextId('call'),
      model: sampleEmbeddingModel,
      purpose: 'index_embedding',
      conversationId: null,
      messageId: null,
      documentId: id,
      startedAt: startedAt + index * 700,
      inputTokens: skewed(random, 4_000, 60_000),
      cacheReadTokens: 0,
      outputTokens: null,
    }),
  );
  return { type: 'document', id, collectionId, calls };
}
