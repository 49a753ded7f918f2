import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { CorePorts } from '../../core/ports.ts';
import { createProxiedFetch } from '../network/proxied-fetch.ts';
import { createSystemProxy } from '../network/system-proxy.ts';
import { createFileLogger } from '../ports/file-logger.ts';
import { createPassphraseBox, defaultScryptCost } from '../secrets/passphrase-box.ts';
import { createSecretBox } from '../secrets/secret-box.ts';
import { createSecretFile } from '../secrets/secret-file.ts';
import { askKeyringIn, createKeyringSealer, keyringTimeoutMs } from './keyring.ts';
import { forkParser } from './launch-parser.ts';

export interface NodePortsOptions {
  readonly host: 'loopback' | 'terminal';
  /** Exists and is writable. */
  readonly dataDir: string;
  readonly appVersion: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Path of the entry that was started: the child processes' programs lie beside it, with the same extension. */
  readonly entry: string;
}

/** Everything the core needs from a plain Node, without Electron. `close` ends what the ports keep open. */
export function createNodePorts(options: NodePortsOptions): { readonly ports: CorePorts; readonly close: () => Promise<void> } {
  const { host, dataDir, appVersion, environment } = options;
  const now = Date.now;
  const newId = (): string => uuidv7();
  const program = (name: string): string => path.join(path.dirname(options.entry), `${name}${path.extname(options.entry)}`);
  const file = createSecretFile(dataDir, now);
  const ask = askKeyringIn(program('keyring-process'), environment, keyringTimeoutMs);
  const keyring = createKeyringSealer({ ask, file, platform: process.platform, now, newId });
  const proxied = createProxiedFetch(createSystemProxy(environment, process.platform, now));
  const ports: CorePorts = {
    dataDir,
    host,
    appVersion,
    secretBox: createSecretBox(keyring, createPassphraseBox(file, defaultScryptCost)),
    fetchFor: proxied.fetchFor,
    launchParser: forkParser(program('parser-process'), environment),
    log: createFileLogger(dataDir, now),
    now,
    newId,
    timeZone: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
    environment: {
      openAiKey: environment['OPENAI_API_KEY'] || null,
      openAiBaseUrl: environment['OPENAI_BASE_URL'] || null,
      priceListUrl: environment['TALLY_PRICE_LIST_URL'] || null,
    },
  };
  return { ports, close: proxied.close };
}
