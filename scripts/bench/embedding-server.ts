import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seededRandom } from '../../tests/seeded-random.ts';

const dimensions = 1_536;
const models = ['gpt-4o-mini', 'text-embedding-3-small'];

/** A server whose embedding model answers after `replyAfterMs`: the same vector for every text, written out beforehand, so that it takes no time of its own. */
export async function startEmbeddingServer({ replyAfterMs = 0 } = {}): Promise<{ readonly baseUrl: string; close(): void }> {
  const random = seededRandom(3);
  // Eight digits, as many as a float32 has.
  const vector = JSON.stringify(Array.from({ length: dimensions }, () => Number((random() - 0.5).toPrecision(8))));
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      if (request.method === 'GET') {
        response.end(JSON.stringify({ object: 'list', data: models.map((id) => ({ id, object: 'model' })) }));
        return;
      }
      // Sent by our own client, as a list of texts.
      const { input, model } = JSON.parse(Buffer.concat(chunks).toString()) as { input: string[]; model: string };
      const data = input.map((_, index) => `{"object":"embedding","index":${index},"embedding":${vector}}`);
      const tokens = input.reduce((sum, text) => sum + Math.ceil(text.length / 4), 0);
      const usage = JSON.stringify({ prompt_tokens: tokens, total_tokens: tokens });
      const reply = (): unknown =>
        response.end(`{"object":"list","model":${JSON.stringify(model)},"data":[${data.join(',')}],"usage":${usage}}`);
      if (replyAfterMs === 0) reply();
      else setTimeout(reply, replyAfterMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is an object; only a pipe's is a string.
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
