import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** One recorded exchange with a model provider: a line of the file. */
const exchange = z.object({
  id: z.string(),
  host: z.string(),
  kind: z.enum(['chat', 'responses', 'embeddings']),
  stream: z.boolean(),
  status: z.int(),
  request: z.record(z.string(), z.unknown()),
  /** Parsed JSON; of a stream the raw server-sent events. */
  reply: z.unknown(),
});
export type Exchange = z.infer<typeof exchange>;

/** The exchanges of a file, one JSON object a line. Throws for a line that is none, with its number. */
export async function* readExchanges(file: string): AsyncGenerator<Exchange> {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() === '') continue;
    const parsed = exchange.safeParse(parseLine(line));
    if (!parsed.success) throw new Error(`${file}:${number}: ${z.prettifyError(parsed.error)}`);
    yield parsed.data;
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Functions, calls of them, pictures, files, searches and schemas in the JSON of a request. */
const notText =
  /"(?:tools|tool_calls|image_url|input_image|json_schema|web_search_options|search_settings|additional_tools)":|function_call/u;

/** Whether a request holds messages of plain text and nothing else. */
export function isTextRequest(request: Exchange['request']): boolean {
  return !notText.test(JSON.stringify(request));
}
