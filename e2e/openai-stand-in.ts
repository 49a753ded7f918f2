import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { makeSelfSignedCertificate } from '../tests/self-signed-certificate.ts';
import { listen } from './listen.ts';

export interface OpenAiStandIn {
  /** For the environment of Tally: the way to the proxy. */
  readonly proxy: Readonly<Record<string, string>>;
  /** For the environment of Tally: trust in the stand-in's certificate. */
  readonly trust: Readonly<Record<string, string>>;
  /** Every host and port the proxy was asked for. */
  readonly asked: readonly string[];
  close(): void;
}

/**
 * A proxy behind which a model server of ours answers as https://api.openai.com, with a certificate of that name: what it
 * costs is then known for certain, which it is at no address of a test's own. Its certificate is put into `folder`.
 */
export async function startOpenAiStandIn(modelBaseUrl: string, folder: string): Promise<OpenAiStandIn> {
  const certificate = makeSelfSignedCertificate('api.openai.com');
  const certificateFile = path.join(folder, 'stand-in.pem');
  writeFileSync(certificateFile, certificate.cert);
  const sockets = new Set<Socket>();
  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const join = (here: Socket, there: Socket): void => {
    track(there);
    here.pipe(there).pipe(here);
    here.on('close', () => there.destroy());
    there.on('close', () => here.destroy());
  };

  const secure = createTlsServer(certificate, (socket) => {
    track(socket);
    join(socket, connect(Number(new URL(modelBaseUrl).port), '127.0.0.1'));
  });
  const securePort = await listen(secure);
  const asked: string[] = [];
  const proxy = createServer();
  // What comes in over CONNECT is a net.Socket on every plain server; the type allows for other streams.
  proxy.on('connect', (request, stream) => {
    const socket = stream as Socket;
    asked.push(request.url ?? '');
    track(socket);
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    join(socket, connect(securePort, '127.0.0.1'));
  });
  const proxyPort = await listen(proxy);
  return {
    proxy: { HTTPS_PROXY: `http://127.0.0.1:${proxyPort}` },
    trust: { NODE_EXTRA_CA_CERTS: certificateFile },
    asked,
    close() {
      for (const socket of sockets) socket.destroy();
      secure.close();
      proxy.close();
    },
  };
}
