import type { IncomingMessage } from 'node:http';
import { z } from 'zod';

const content = z.union([z.string(), z.array(z.looseObject({ type: z.string(), text: z.string().optional() }))]).nullable();

/** The fields of a request this server reads; everything else is kept as it came. */
const requestBody = z.looseObject({
  model: z.string().optional(),
  messages: z.array(z.looseObject({ role: z.string(), content: content.optional() })).optional(),
  stream: z.boolean().optional(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish(),
  input: z.union([z.string(), z.array(z.unknown())]).optional(),
  encoding_format: z.string().optional(),
  dimensions: z.int().positive().optional(),
});

export type FakeRequestBody = z.infer<typeof requestBody>;

/** One request as it arrived. */
export interface FakeRequest {
  readonly method: string;
  /** Without the query, such as /v1/chat/completions. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** `{}` where there is none. */
  readonly body: FakeRequestBody;
  /** 0 for the first request of this server. */
  readonly receivedAt: number;
  /** Resolves when the exchange is over: the whole reply was sent, or the client left before that. */
  readonly ended: Promise<'complete' | 'disconnected'>;
}

/** Reads a request to its end. Rejects when it is not JSON of the expected shape: such a request is a bug of ours. */
export async function readRequest(
  message: IncomingMessage,
  receivedAt: number,
  ended: Promise<'complete' | 'disconnected'>,
): Promise<FakeRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString('utf8');
  const headers = Object.entries(message.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]);
  const { pathname, searchParams } = new URL(message.url ?? '/', 'http://127.0.0.1');
  return {
    method: message.method ?? 'GET',
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: Object.fromEntries(headers),
    body: requestBody.parse(text === '' ? {} : JSON.parse(text)),
    receivedAt,
    ended,
  };
}

/** The text of a message's content, its parts joined. */
function textOfContent(value: z.infer<typeof content> | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : value.map((part) => part.text ?? '').join('');
}

/** The prompt as role and text: of `messages`, or of the Responses API's `input`. */
export function promptOf(body: FakeRequestBody): readonly { role: string; text: string }[] {
  if (body.messages) return body.messages.map((message) => ({ role: message.role, text: textOfContent(message.content) }));
  if (typeof body.input === 'string') return [{ role: 'user', text: body.input }];
  const items = z.array(z.looseObject({ role: z.string().default('user'), content: content.optional() })).safeParse(body.input ?? []);
  return items.success ? items.data.map((item) => ({ role: item.role, text: textOfContent(item.content) })) : [];
}
