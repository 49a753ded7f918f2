import { loadLanguage, type Colour, type ColouredLines } from './highlight-code.ts';

/** Code to colour. Requests with one `block` follow each other, each with more of the same code as a rule. */
export interface ColourRequest {
  readonly block: number;
  readonly language: string;
  readonly code: string;
}

/** `lines` replaces those from `firstLine` on; null: this language is not known. */
export interface ColourReply {
  readonly block: number;
  readonly firstLine: number;
  readonly lines: ColouredLines | null;
}

/** Blocks whose state is kept; of an older one the whole is read again. */
const maxBlocks = 50;
const blocks = new Map<number, Promise<Colour | null>>();

async function startColour(language: string): Promise<Colour | null> {
  return (await loadLanguage(language))?.() ?? null;
}

async function answer({ block, language, code }: ColourRequest): Promise<ColourReply> {
  const known = blocks.get(block) ?? startColour(language);
  blocks.delete(block);
  blocks.set(block, known);
  const [oldest] = blocks.keys();
  if (blocks.size > maxBlocks && oldest !== undefined) blocks.delete(oldest);
  const colour = await known;
  return { block, ...(colour?.(code) ?? { firstLine: 0, lines: null }) };
}

async function reply(request: ColourRequest): Promise<void> {
  const nothing: ColourReply = { block: request.block, firstLine: 0, lines: null };
  const coloured = await answer(request).catch(() => nothing);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
  globalThis.postMessage(coloured);
}

globalThis.addEventListener('message', ({ data }: MessageEvent<ColourRequest>) => {
  void reply(data);
});
