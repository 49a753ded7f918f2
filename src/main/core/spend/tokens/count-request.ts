import { listOf, objectOf, textOf, type JsonObject } from '../json-fields.ts';
import type { Endpoint } from '../read-request.ts';
import { tokensPerMessage, tokensPerName } from './count-chat.ts';
import { sizeOfDataUrl } from './image-size.ts';
import { estimateImageTokens } from './image-tokens.ts';
import { promptFrameOf } from './prompt-frame.ts';
import { describeFunctions, functionsOf } from './tool-definitions.ts';

/** What a request's input comes to. */
export interface RequestCount {
  readonly tokens: number;
  /** There is input that cannot be counted here: files, audio, pictures elsewhere, tools and history the provider keeps. */
  readonly hasUncounted: boolean;
  /** Some of it is the expected count of pictures. */
  readonly hasPictures?: true;
}

export interface CountableRequest {
  readonly endpoint: Endpoint;
  readonly model: string;
  /** The JSON body. */
  readonly body: JsonObject;
}

type CountText = (text: string) => number | Promise<number>;

/** Functions cost less where a system message is there to hold them. Fitted to recorded bills. */
const tokensSharedWithSystem = 4;
/** A tool's answer names the tool it is from. Fitted to recorded bills. */
const tokensPerToolAnswer = 5;

/**
 * The input tokens of a request to OpenAI's API or one like it, counted from its JSON body: messages as `countChatParts` does,
 * declared functions and calls of them as GPT-4o bills them, pictures as documented. Exact for plain text on GPT-4o and GPT-4.1;
 * how far off it is elsewhere is in docs/cost-accuracy.md.
 */
export async function countRequest(request: CountableRequest, countText: CountText): Promise<RequestCount> {
  const sum = createSum(countText);
  if (request.endpoint === 'embeddings') await addEmbeddingInput(sum, request.body.input);
  else await addConversation(sum, request);
  const { tokens, hasUncounted, hasPictures } = sum;
  return { tokens, hasUncounted, ...(hasPictures && { hasPictures }) };
}

interface Sum {
  tokens: number;
  hasUncounted: boolean;
  hasPictures: boolean;
  addText(text: string | null): Promise<void>;
}

function createSum(countText: CountText): Sum {
  return {
    tokens: 0,
    hasUncounted: false,
    hasPictures: false,
    async addText(text) {
      if (text !== null && text !== '') this.tokens += await countText(text);
    },
  };
}

/** Texts, or lists of token ids that the caller has made itself. */
async function addEmbeddingInput(sum: Sum, input: unknown): Promise<void> {
  for (const item of typeof input === 'string' ? [input] : listOf(input)) {
    if (typeof item === 'string') await sum.addText(item);
    else sum.tokens += typeof item === 'number' ? 1 : listOf(item).length;
  }
}

async function addConversation(sum: Sum, { endpoint, model, body }: CountableRequest): Promise<void> {
  const instructions = textOf(body.instructions);
  const items = messagesOf(body);
  const toolNames = new Map<unknown, string>();
  const frame = promptFrameOf(model);
  sum.tokens += frame.beforeReply;
  if (instructions !== null && instructions !== '') await addMessage(sum, { role: 'system', content: instructions }, model);
  for (const item of items) {
    if (isToolItem(item)) await addToolItem(sum, item, toolNames);
    else await addMessage(sum, item, model, toolNames);
  }
  const functions = functionsOf(listOf(body.tools));
  if (functions.length > 0) {
    const isShared = endpoint === 'chat' && items.some(({ role }) => role === 'system' || role === 'developer');
    sum.tokens += frame.aroundFunctions[endpoint === 'chat' ? 'chat' : 'responses'] - (isShared ? tokensSharedWithSystem : 0);
    sum.tokens += frame.perFunction * functions.length;
    await sum.addText(describeFunctions(functions));
  }
  await addOutputFormat(sum, body);
  // What a provider's own tools add to the prompt is not published, and what it has kept of the conversation not seen.
  const isKept = typeof body.previous_response_id === 'string' || (body.conversation ?? null) !== null;
  if (functions.length < listOf(body.tools).length || isKept) sum.hasUncounted = true;
}

function messagesOf(body: JsonObject): readonly JsonObject[] {
  if (typeof body.input === 'string') return [{ role: 'user', content: body.input }];
  return listOf(body.messages ?? body.input)
    .map(objectOf)
    .filter((item) => item !== null);
}

async function addMessage(sum: Sum, message: JsonObject, model: string, toolNames = new Map<unknown, string>()): Promise<void> {
  sum.tokens += tokensPerMessage;
  await sum.addText(textOf(message.role) ?? 'user');
  await addContent(sum, message.content, model);
  const name = textOf(message.name);
  if (name !== null) {
    sum.tokens += tokensPerName;
    await sum.addText(name);
  }
  for (const call of listOf(message.tool_calls)) {
    const called = objectOf(objectOf(call)?.function);
    toolNames.set(objectOf(call)?.id, textOf(called?.name) ?? '');
    await sum.addText(textOf(called?.name));
    await sum.addText(textOf(called?.arguments));
  }
  if (message.role === 'tool') {
    sum.tokens += tokensPerToolAnswer;
    await sum.addText(toolNames.get(message.tool_call_id) ?? null);
  }
}

async function addContent(sum: Sum, content: unknown, model: string): Promise<void> {
  if (typeof content === 'string') return sum.addText(content);
  for (const item of listOf(content)) {
    const part = objectOf(item) ?? {};
    const text = textOf(part.text) ?? textOf(part.refusal);
    if (text !== null) await sum.addText(text);
    else addPicture(sum, part, model);
  }
}

function addPicture(sum: Sum, part: JsonObject, model: string): void {
  const picture = objectOf(part.image_url);
  const url = textOf(picture?.url) ?? textOf(part.image_url) ?? '';
  const size = sizeOfDataUrl(url);
  if (size === null) {
    sum.hasUncounted = true;
    return;
  }
  sum.hasPictures = true;
  sum.tokens += estimateImageTokens(model, size, textOf(picture?.detail) ?? textOf(part.detail));
}

/** Of the Responses API, an item that is no message: a call of a tool, what it answered, reasoning passed back. */
function isToolItem(item: JsonObject): boolean {
  return typeof item.type === 'string' && item.type !== 'message';
}

async function addToolItem(sum: Sum, item: JsonObject, toolNames: Map<unknown, string>): Promise<void> {
  if (item.type === 'function_call') {
    toolNames.set(item.call_id, textOf(item.name) ?? '');
    sum.tokens += tokensPerMessage;
    await sum.addText(textOf(item.name));
    await sum.addText(textOf(item.arguments));
    return;
  }
  if (item.type === 'function_call_output') {
    sum.tokens += tokensPerMessage + tokensPerToolAnswer;
    await sum.addText(toolNames.get(item.call_id) ?? null);
    return addContent(sum, item.output, '');
  }
  sum.hasUncounted = true;
}

/** A schema the answer has to follow is part of the prompt. */
async function addOutputFormat(sum: Sum, body: JsonObject): Promise<void> {
  const format = objectOf(objectOf(body.response_format)?.json_schema) ?? objectOf(objectOf(body.text)?.format);
  if (format?.schema !== undefined) await sum.addText(JSON.stringify(format.schema));
}
