import type { Source } from '../../../shared/contract/chat.ts';
import type { AttachedImage } from '../../../shared/contract/images.ts';
import type { QuotePartKind } from '../../../shared/contract/quote.ts';
import { messageTexts } from '../spend/langchain-texts.ts';
import type { TokenCounter } from '../spend/tokens/token-counter.ts';
import { countImages } from './count-images.ts';
import type { Pictures } from './image-content.ts';
import { answerMessages, condenseConversation, condenseMessages, titleMessages, type Turn } from './prompt.ts';

/** What one part of a request has, counted here. */
export interface CountedPart {
  readonly kind: QuotePartKind;
  readonly tokens: number;
}

/** What the history of a request has, counted when it was chosen. */
export interface HistoryTokens {
  readonly summaryTokens: number;
  /** Of the other turns. */
  readonly tokens: number;
}

export interface AnswerRequest {
  readonly systemPrompt: string;
  readonly history: HistoryTokens;
  /** Empty: nothing has been typed yet, or images say it all. */
  readonly question: string;
  readonly images: readonly AttachedImage[];
  /** null: no documents are searched. */
  readonly sources: readonly Source[] | null;
  readonly modelId: string;
}

/** Images are counted by their size. */
const noPictures: Pictures = { images: [], urlOf: () => '' };

/**
 * The request for an answer, part by part; the sum is what the whole request has, to the token. What belongs to a message
 * besides its text counts as `overhead` where the question is, and with the text everywhere else.
 */
export async function countAnswer(tokenCounter: TokenCounter, request: AnswerRequest): Promise<CountedPart[]> {
  const { systemPrompt, history, question, images, sources, modelId } = request;
  // The turns in between were counted when they were chosen.
  const ends = messageTexts(answerMessages(systemPrompt, [], question, sources, noPictures));
  const { perMessage, overhead } = await tokenCounter.countChatParts(ends, modelId);
  const instructions = perMessage.slice(0, -1).reduce((sum, tokens) => sum + tokens, 0);
  const parts = (own: Partial<Record<QuotePartKind, number>>): CountedPart[] => [
    { kind: 'instructions', tokens: instructions + (own.instructions ?? 0) },
    { kind: 'summary', tokens: history.summaryTokens },
    { kind: 'history', tokens: history.tokens },
    { kind: 'attachment', tokens: countImages(images, modelId) },
    { kind: 'passages', tokens: own.passages ?? 0 },
    { kind: 'text', tokens: own.text ?? 0 },
    { kind: 'overhead', tokens: overhead + (own.overhead ?? 0) },
  ];
  if (question === '' && images.length === 0) return parts({});
  const bare = await tokenCounter.countChatParts([{ role: 'user', content: '' }], modelId);
  const frame = bare.perMessage[0] ?? 0;
  const text = await tokenCounter.count(question, modelId);
  const around = (perMessage.at(-1) ?? 0) - frame - text;
  // Without a passage, what stands around the question tells the model that there is none.
  const hasPassages = sources !== null && sources.length > 0;
  return parts({ text, overhead: frame, ...(hasPassages ? { passages: around } : { instructions: around }) });
}

/** Tokens of the request that rewrites a question. `ofConversation` may keep its count from one question to the next. */
export async function countCondense(
  tokenCounter: TokenCounter,
  condensed: readonly Turn[],
  question: string,
  modelId: string,
  ofConversation: (text: () => string) => Promise<number>,
): Promise<number> {
  const around = await tokenCounter.countChat(messageTexts(condenseMessages([], question)), modelId);
  const ofNone = await tokenCounter.count(condenseConversation([]), modelId);
  return around - ofNone + (await ofConversation(() => condenseConversation(condensed)));
}

/** Tokens of the request for a title, as far as it can be known: the answer it is also made from is not written yet. */
export function countTitle(tokenCounter: TokenCounter, question: string, modelId: string): Promise<number> {
  return tokenCounter.countChat(messageTexts(titleMessages(question, '')), modelId);
}
