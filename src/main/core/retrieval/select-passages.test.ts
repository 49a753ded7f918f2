import { describe, expect, it } from 'vitest';
import { selectPassages, type Choosable } from './select-passages.ts';

interface Named extends Choosable {
  readonly name: string;
}

/** `document.position`, 100 code units long and 10 tokens, unless said otherwise. */
function passage(name: string, overrides: Partial<Choosable> = {}): Named {
  const [documentId = '', place = '0'] = name.split('.');
  const position = Number(place);
  const startOffset = position * 100;
  return { name, documentId, position, startOffset, endOffset: startOffset + 100, tokenCount: 10, ...overrides };
}

/** Every place of every document has a text of its own, but that `copy` holds what `a` does. */
function textOf({ documentId }: Named, startOffset: number, endOffset: number): string {
  return `${documentId === 'copy' ? 'a' : documentId} ${startOffset} ${endOffset}`;
}

function namesOf(ranked: readonly Named[], limit: number, tokenBudget = 1_000): string[] {
  return selectPassages(ranked, { limit, tokenBudget, textOf }).map((chosen) => chosen.passage.name);
}

describe('choosing passages', () => {
  it('lets one document fill every place only when there is no other', () => {
    const one = ['a.0', 'a.1', 'a.2', 'a.3', 'a.4'].map((name) => passage(name));
    expect(namesOf(one, 5)).toEqual(['a.0', 'a.1', 'a.2', 'a.3', 'a.4']);
    expect(namesOf([...one, passage('b.0'), passage('c.0')], 5)).toEqual(['a.0', 'a.1', 'a.2', 'b.0', 'c.0']);
    expect(namesOf([...one, passage('b.0')], 5)).toEqual(['a.0', 'a.1', 'a.2', 'a.3', 'b.0']);
  });

  it('never goes over the token budget, and uses what is left of it for a shorter passage', () => {
    const ranked = [passage('a.0', { tokenCount: 60 }), passage('b.0', { tokenCount: 50 }), passage('c.0', { tokenCount: 40 })];
    expect(namesOf(ranked, 3, 100)).toEqual(['a.0', 'c.0']);
    expect(namesOf(ranked, 3, 30)).toEqual([]);
  });

  it('gives the same text once, though it is in two documents', () => {
    expect(
      namesOf(
        ['a.0', 'copy.0', 'copy.1', 'b.0'].map((name) => passage(name)),
        4,
      ),
    ).toEqual(['a.0', 'copy.1', 'b.0']);
  });

  it('shows the overlap of neighbours once, in the better one', () => {
    const ranked = [passage('a.1'), passage('a.2', { startOffset: 180 }), passage('a.0', { endOffset: 130 }), passage('b.1')];
    expect(
      selectPassages(ranked, { limit: 4, tokenBudget: 100, textOf }).map(({ startOffset, endOffset }) => [startOffset, endOffset]),
    ).toEqual([
      [100, 200],
      [200, 300],
      [0, 100],
      [100, 200],
    ]);
  });

  it('counts what neighbours share once', () => {
    const overlapping = [passage('a.1', { tokenCount: 60 }), passage('a.2', { startOffset: 150, tokenCount: 60 })];
    expect(namesOf(overlapping, 2, 100)).toEqual(['a.1', 'a.2']);
    expect(namesOf(overlapping, 2, 95)).toEqual(['a.1']);
  });

  it('says of each passage it leaves out why', () => {
    const ranked = ['a.0', 'a.1', 'a.2', 'copy.0', 'b.0', 'c.0', 'd.0'].map((name) =>
      passage(name, name === 'b.0' ? { tokenCount: 90 } : {}),
    );
    const dropped: string[] = [];
    const onDrop = ({ name }: Named, reason: string): void => void dropped.push(`${name} ${reason}`);
    const chosen = selectPassages(ranked, { limit: 3, tokenBudget: 100, textOf, onDrop });
    expect(chosen.map((choice) => choice.passage.name)).toEqual(['a.0', 'a.1', 'c.0']);
    expect(dropped.toSorted()).toEqual(['a.2 document_share', 'b.0 token_budget', 'copy.0 already_given', 'd.0 places_taken']);
  });
});
