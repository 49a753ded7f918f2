import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SampleModelServer } from './sample-model.ts';

/** Serves the sample model on 127.0.0.1, the provider's host first in the path. Resolves with the address. `close` cuts every connection. */
export async function serveSampleModel(model: SampleModelServer): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer((message, response) => {
    // An asker who left in the middle of an answer is nothing to say anything about.
    answer(model, message, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is an object; only a pipe's is a string.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(model: SampleModelServer, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, host = '', ...path] = (message.url ?? '').split('/');
  const leaving = new AbortController();
  response.once('close', () => leaving.abort());
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  const { method = 'GET' } = message;
  const body = method === 'GET' ? null : Buffer.concat(chunks);
  const reply = await model(host, new Request(`https://${host}/${path.join('/')}`, { method, body, signal: leaving.signal }));
  response.writeHead(reply.status, Object.fromEntries(reply.headers));
  if (reply.body === null) response.end();
  else await pipeline(Readable.fromWeb(reply.body), response);
}
