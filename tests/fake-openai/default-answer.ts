import { promptOf, type FakeRequestBody } from './fake-request.ts';

const firstPassage = /<passage n="1"[^>]*>([\s\S]*?)<\/passage>/;
const quotedWords = 24;

/** What the model says when a test does not: it quotes passage 1 where the prompt has passages, else it repeats the question. */
export function defaultAnswer(body: FakeRequestBody): string {
  const prompt = promptOf(body);
  const passage = prompt.map((message) => firstPassage.exec(message.text)?.[1]).findLast((text) => text !== undefined);
  if (passage !== undefined) return `According to the documents: ${shortened(passage)} [1]`;
  const question = prompt.findLast((message) => message.role === 'user')?.text ?? '';
  return `You asked: ${shortened(question)} This answer comes from the fake model server.`;
}

function shortened(text: string): string {
  return text.trim().split(/\s+/u).slice(0, quotedWords).join(' ').slice(0, 400).toWellFormed();
}
