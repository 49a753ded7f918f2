/**
 * Scripts written without spaces, or with endings glued to the word. They are indexed as overlapping pairs of
 * characters, because the tokenizer of FTS5 would take a whole sentence for one word.
 */
export const unspacedScripts = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}`;

/** A run of such characters, or a word of any other script. Signs and marks alone are neither. */
const tokenPattern = new RegExp(String.raw`([${unspacedScripts}]+)|((?:(?![${unspacedScripts}])[\p{L}\p{N}\p{M}])+)`, 'gu');

const loneCharacter = new RegExp(`[${unspacedScripts}]`, 'u');

/** A line break inside a Japanese or Chinese sentence is layout, as PDFs are full of, and no end of a word. */
const brokenLine =
  /(?<=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー])[ \t\u3000]*\r?\n[ \t\u3000]*(?=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー])/gu;

/** More terms than this add cost and no meaning; a person may paste a whole letter as a question. */
const maxQueryTerms = 64;
/** What is read of a query, in UTF-16 code units, and of one run in it, in characters. */
const maxQueryChars = 10_000;
const maxRunCharacters = 64;

/** One thing to look for: a word, words written as one (`don't`, `3.5`), or a run of unspaced characters. */
export type QueryTerm =
  | { readonly kind: 'word'; readonly parts: readonly string[]; readonly isPrefix: boolean }
  | { readonly kind: 'run'; readonly characters: readonly string[] };

/** NFKC, without lone surrogates and without the line breaks of layout. */
function normaliseForSearch(text: string): string {
  return text.toWellFormed().normalize('NFKC').replace(brokenLine, '');
}

/**
 * What goes into a full-text table for `text`: words as they are (FTS5's unicode61 folds case and diacritics), runs of
 * unspaced scripts as overlapping pairs. The last character of a run follows alone, so that each single character
 * begins a term and can be found as a prefix.
 */
export function searchTerms(text: string): string {
  const terms: string[] = [];
  for (const [, run, word] of normaliseForSearch(text).matchAll(tokenPattern)) {
    if (run === undefined) {
      if (word !== undefined && hasLetter(word)) terms.push(word);
      continue;
    }
    const characters = charactersOf(run);
    terms.push(...pairsOf(characters));
    const last = characters.at(-1);
    if (last !== undefined) terms.push(last);
  }
  return terms.join(' ');
}

/**
 * A MATCH expression for what a person typed; null when there is nothing in it to search for.
 * - `all`: every term has to be there, in any order; the word typed last may be unfinished. For searching history.
 * - `any`: each content word counts on its own. For ranking passages against a question.
 * Every term is quoted and holds letters, digits and marks only, so no input can be taken for FTS5's query syntax.
 */
export function matchQuery(text: string, mode: 'any' | 'all'): string | null {
  const expressions = mode === 'all' ? [...new Set(queryTerms(text).map(termExpression))] : questionTerms(text);
  return expressions.length === 0 ? null : expressions.join(mode === 'all' ? ' AND ' : ' OR ');
}

/** The expressions `matchQuery(text, 'any')` joins: each a quoted word, pair of characters or phrase, none twice. */
export function questionTerms(text: string): string[] {
  const { content, all } = wordsOf(text.slice(0, maxQueryChars));
  const words = content.length > 0 ? content : all;
  return [...new Set(words.map((parts) => quoted(parts, parts.length === 1 && isLoneCharacter(parts[0] ?? ''))))].slice(0, maxQueryTerms);
}

/** The words of a text that say what it is about, in order and as often as they are there; of unspaced scripts, pairs of characters. */
export function contentWords(text: string): string[] {
  return wordsOf(text).content.flatMap(([word, ...others]) =>
    word === undefined || others.length > 0 || isLoneCharacter(word) ? [] : word,
  );
}

/** A word as an expression to search for. */
export function wordExpression(word: string): string {
  return quoted([word], false);
}

/** The terms of a search, as `matchQuery(text, 'all')` looks for them; also what a result highlights. */
export function queryTerms(text: string): QueryTerm[] {
  const terms: QueryTerm[] = [];
  for (const typed of normaliseForSearch(text.slice(0, maxQueryChars)).split(/\s+/u)) {
    let parts: string[] = [];
    for (const [, run, word] of typed.matchAll(tokenPattern)) {
      if (run !== undefined) {
        if (parts.length > 0) terms.push({ kind: 'word', parts, isPrefix: false });
        parts = [];
        const characters = charactersOf(run).slice(0, maxRunCharacters);
        if (characters.length > 0) terms.push({ kind: 'run', characters });
      } else if (word !== undefined && hasLetter(word)) {
        parts.push(word);
      }
    }
    if (parts.length > 0) terms.push({ kind: 'word', parts, isPrefix: false });
  }
  const last = terms.at(-1);
  // One letter begins too many words to be worth the search.
  if (last?.kind === 'word' && (last.parts.at(-1) ?? '').length > 1) terms[terms.length - 1] = { ...last, isPrefix: true };
  return terms.slice(0, maxQueryTerms);
}

function termExpression(term: QueryTerm): string {
  if (term.kind === 'word') return quoted(term.parts, term.isPrefix);
  return runExpression(term.characters);
}

function runExpression(characters: readonly string[]): string {
  return characters.length === 1 ? quoted(characters, true) : quoted(pairsOf(characters), false);
}

/** The words of a text, those with content and all: each one word (or pair of characters), or several written as one (`3.5`, `AS-7342`). */
function wordsOf(text: string): { content: string[][]; all: string[][] } {
  const all: string[][] = [];
  const content: string[][] = [];
  const add = (words: readonly string[][], isContent: boolean): void => {
    for (const word of words) {
      all.push(word);
      if (isContent) content.push(word);
    }
  };
  for (const typed of normaliseForSearch(text).split(/\s+/u)) {
    const words: string[] = [];
    for (const [, run, word] of typed.matchAll(tokenPattern)) {
      if (word !== undefined && hasLetter(word)) words.push(word);
      if (run !== undefined)
        for (const { text: piece, lone, isContent } of cutAtFunctionWords(run)) add([...pairWords(piece), ...lone], isContent);
    }
    for (const word of words) add([[word]], !isFunctionWord(word));
    // What is written as one also counts as such.
    if (words.length > 1) add([words], !words.every(isFunctionWord));
  }
  return { content, all };
}

function isFunctionWord(word: string): boolean {
  return functionWords.has(word.toLowerCase());
}

function pairWords(text: string): string[][] {
  const characters = charactersOf(text);
  return characters.length === 1 ? [characters] : pairsOf(characters).map((pair) => [pair]);
}

/** One character of an unspaced script: indexed alone only at the end of a run, elsewhere it begins a pair. */
function isLoneCharacter(word: string): boolean {
  return Array.from(word).length === 1 && loneCharacter.test(word);
}

interface Piece {
  text: string;
  /** Words of one ideograph in it; the neighbours they stand beside elsewhere are others. */
  readonly lone: string[][];
  readonly isContent: boolean;
}

/** A question in Japanese is one run: its content lies between the particles. Content words next to each other stay together. */
function cutAtFunctionWords(run: string): Piece[] {
  const pieces: Piece[] = [];
  for (const { segment } of wordSegmenter().segment(run)) {
    const isContent = !functionWords.has(segment) && !isLoneKana(segment);
    let last = pieces.at(-1);
    if (last === undefined || last.isContent !== isContent) pieces.push((last = { text: '', lone: [], isContent }));
    last.text += segment;
    if (/^\p{sc=Han}$/u.test(segment)) last.lone.push([segment]);
  }
  return pieces;
}

let sharedSegmenter: Intl.Segmenter | undefined;

/** Made at first use: its dictionary takes milliseconds to load. */
function wordSegmenter(): Intl.Segmenter {
  sharedSegmenter ??= new Intl.Segmenter('ja', { granularity: 'word' });
  return sharedSegmenter;
}

function isLoneKana(text: string): boolean {
  return /^[\p{sc=Hiragana}ー]$/u.test(text);
}

/** Letters of a run. Vowel and tone marks go: unicode61 splits a word at most of them. */
function charactersOf(run: string): string[] {
  return Array.from(run.replace(/\p{M}/gu, ''));
}

function pairsOf(characters: readonly string[]): string[] {
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

function hasLetter(word: string): boolean {
  return /[\p{L}\p{N}]/u.test(word);
}

function quoted(parts: readonly string[], isPrefix: boolean): string {
  return `"${parts.join(' ')}"${isPrefix ? '*' : ''}`;
}

/** The commonest words of a question in English and Japanese; they are in every passage and slow a ranked search. */
const functionWords: ReadonlySet<string> = new Set(
  [
    'a about an and any are as at be been being but by can could did do does for from had has have how i if in into is it its me my of on or our please shall should so some such',
    'tell than that the their them then there these they this those to was we were what when where which who whom whose why will with would you your',
    'after again all am because before both during each few get goes got he her here him his just many might more most much must no nor not off once only other',
    'out over same she so under until up very without',
    'は が を に の へ と も で や か ね よ な から まで より など では には とは での への について ついて という によって により ため',
    'です ます でし まし でしょう ました ません だ だっ た て ない なく いる い ある あり あれ する し した して され さ れる られる せる でき できる す れ ば しょう',
    'こと もの とき ところ これ それ あれ この その あの どの どれ 何 なに いつ どこ だれ 誰 どう なぜ いくら いくつ どんな いい くだ さい ください 教え おしえ',
    'ありま すか ときの したら たら なら ても どうして どうする もらえ いけ あと なる さん',
    '的 了 吗 呢 吧 么 什么 怎么 怎样 如何 为什么 多少 多久 几 几次 几天 哪 哪个 哪些 哪里 谁 什么时候 何时 是 在 有 与 把 被 对 从 到 给 让 也 都 就 才 很 能 可以 应该',
    '这 那 这个 那个 这些 那些 我 你 他 她 它 我们 你们 他们 请 以后 之后 时候 怎么办 办',
  ]
    .join(' ')
    .split(' '),
);
