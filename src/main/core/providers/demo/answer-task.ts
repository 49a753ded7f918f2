import { demoTexts } from './demo-texts.ts';
import { languageOf, termOf, termsOf, wordsOf } from './language.ts';
import { quotePassages, type Quote } from './quote-passages.ts';
import type { DemoTask } from './read-prompt.ts';

/** Most words borrowed from earlier questions, and most words of a title. */
const maxBorrowedWords = 6;
const maxTitleWords = 6;
const maxTitleChars = 24;
/** A question with fewer terms than this leans on what was said before. */
const selfContainedTerms = 4;
const backReference = /\b(?:it|its|they|them|their|that|this|those|these|he|she|him|her|there|one)\b|それ|その|これ|この|あれ|そこ|彼/i;

/** What the demo replies: found by word overlap in the prompt itself, in the question's language. */
export function answerTask(task: DemoTask): string {
  switch (task.kind) {
    case 'condense':
      return condense(task.question, task.earlierQuestions);
    case 'title':
      return title(task.question);
    case 'answer':
      return answer(task.question, task.passages);
  }
}

function answer(question: string, passages: Extract<DemoTask, { kind: 'answer' }>['passages']): string {
  const texts = demoTexts[languageOf(question)];
  if (passages === null) return texts.introduction;
  if (passages.length === 0) return texts.nothingFound;
  const quotes = quotePassages(question, passages);
  if (quotes.length === 0) return texts.notSaid;
  const bySource = Map.groupBy(quotes, (quote) => texts.from(quote.passage.document, quote.passage.page));
  return [...bySource].map(([heading, group]) => [heading, ...group.map(quoted)].join('\n\n')).join('\n\n');

  function quoted({ sentence, passage }: Quote): string {
    return `${texts.quote(sentence)} [${passage.ordinal}]`;
  }
}

/** The question with the words of earlier ones it leans on: enough for a search by words. */
function condense(question: string, earlierQuestions: readonly string[]): string {
  const own = termsOf(question);
  if (own.size >= selfContainedTerms && !backReference.test(question)) return question;
  const borrowed = new Map<string, string>();
  for (const word of earlierQuestions.toReversed().flatMap(wordsOf)) {
    const term = termOf(word);
    if (term !== null && !own.has(term) && borrowed.size < maxBorrowedWords) borrowed.set(term, borrowed.get(term) ?? word);
  }
  return borrowed.size === 0 ? question : `${question} (${[...borrowed.values()].join(' ')})`;
}

/** The question's own words, from the first one that says something; images that come before it do not. */
function title(question: string): string {
  const said = question.replace(/^(?:\[image\]\s*)+/, '');
  const line = said.split(/[\n?？。]/, 1)[0]?.trim() ?? '';
  if (languageOf(question) === 'ja') return line.slice(0, maxTitleChars).toWellFormed();
  const words = line.split(/\s+/);
  const first = words.findIndex((word) => termsOf(word).size > 0);
  const chosen = words.slice(Math.max(first, 0), Math.max(first, 0) + maxTitleWords).join(' ');
  return chosen.charAt(0).toUpperCase() + chosen.slice(1);
}
