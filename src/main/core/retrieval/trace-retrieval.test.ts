import { expect, it } from 'vitest';
import { maxTracedPassages, retrievalTrace } from '../../../shared/contract/trace.ts';
import type { RankedCandidate } from './choose-sources.ts';
import { traceOf, type Findings } from './trace-retrieval.ts';

function candidate(rowId: number, ranks: Partial<RankedCandidate> = {}): RankedCandidate {
  const passageId = `p${rowId}`;
  const place = { documentId: 'd', documentName: 'd.txt', position: rowId, page: null, headingPath: [], startOffset: 0, endOffset: 1 };
  return { rowId, passageId, ...place, tokenCount: 10, score: 1 / (60 + rowId), keywordRank: null, vectorRank: null, ...ranks };
}

const nothing: Findings = {
  query: 'q',
  limit: 8,
  tokenBudget: 100,
  documentCount: 1,
  keywordHits: [],
  vectorHits: [],
  withoutVectors: null,
  failure: null,
  ranked: [],
  given: [],
  dropped: new Map(),
  steps: [],
};

it('tells of each passage where either search placed it, with that search\u2019s own score', () => {
  const [both, words] = [candidate(1, { keywordRank: 2, vectorRank: 1 }), candidate(2, { keywordRank: 1 })];
  const trace = traceOf({
    ...nothing,
    keywordHits: [
      { rowId: 2, score: 9.5 },
      { rowId: 1, score: 4 },
    ],
    vectorHits: [{ rowId: 1, score: 0.8 }],
    ranked: [both, words],
    given: [[both]],
    dropped: new Map([[words, 'token_budget']]),
  });
  expect(retrievalTrace.parse(trace).passages).toMatchObject([
    { passageId: 'p1', keyword: { rank: 2, score: 4 }, vector: { rank: 1, score: 0.8 }, fused: { rank: 1 }, ordinal: 1, dropped: null },
    { passageId: 'p2', keyword: { rank: 1, score: 9.5 }, vector: null, fused: { rank: 2 }, ordinal: null, dropped: 'token_budget' },
  ]);
  expect(trace).toMatchObject({ keywordCount: 2, vectorCount: 1, foundCount: 2, givenTokens: 10 });
});

it('stays small however much was found, and never leaves out what was given', () => {
  const ranked = Array.from({ length: 100 }, (_, index) => candidate(index + 1));
  const given = [0, 60, 99].map((index) => ranked.slice(index, index + 1));
  const trace = traceOf({ ...nothing, ranked, given, dropped: new Map(ranked.map((passage) => [passage, 'places_taken'])) });
  expect(trace.passages).toHaveLength(maxTracedPassages);
  expect(trace.foundCount).toBe(100);
  const ordinals = trace.passages.flatMap(({ ordinal, fused }) => (ordinal === null ? [] : [[ordinal, fused.rank]]));
  expect(ordinals).toEqual([
    [1, 1],
    [2, 61],
    [3, 100],
  ]);
});

it('tells of neighbours that were given as one by their common number', () => {
  const [first, second, other] = [candidate(1), candidate(2), candidate(3)];
  const trace = traceOf({ ...nothing, ranked: [first, other, second], given: [[first, second], [other]] });
  expect(trace.passages.map(({ passageId, ordinal }) => [passageId, ordinal])).toEqual([
    ['p1', 1],
    ['p3', 2],
    ['p2', 1],
  ]);
  expect(trace.givenTokens).toBe(30);
});
