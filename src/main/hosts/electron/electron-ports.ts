import path from 'node:path';
import { safeStorage, session, utilityProcess } from 'electron';
import { v7 as uuidv7 } from 'uuid';
import type { CorePorts } from '../../core/ports.ts';
import { createProxiedFetch } from '../network/proxied-fetch.ts';
import { rulesFromPac } from '../network/proxy-rules.ts';
import { createFileLogger } from '../ports/file-logger.ts';
import { createPassphraseBox, defaultScryptCost } from '../secrets/passphrase-box.ts';
import { createSecretBox } from '../secrets/secret-box.ts';
import { createSecretFile } from '../secrets/secret-file.ts';
import { launchParserUtility } from './launch-parser.ts';
import { createSafeStorageSealer } from './safe-storage.ts';

export interface ElectronPortsOptions {
  readonly dataDir: string;
  readonly appVersion: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Folder of the built programs; the parser's lies there. */
  readonly programDir: string;
}

/** Everything the core needs from Electron. To be made after the app is ready. `close` ends what the ports keep open. */
export function createElectronPorts(options: ElectronPortsOptions): { readonly ports: CorePorts; readonly close: () => Promise<void> } {
  const { dataDir, appVersion, environment } = options;
  const now = Date.now;
  const sealer = createSafeStorageSealer(safeStorage, process.platform);
  const proxied = createProxiedFetch(async (url) => rulesFromPac(await session.defaultSession.resolveProxy(url)));
  const ports: CorePorts = {
    dataDir,
    host: 'electron',
    appVersion,
    secretBox: createSecretBox(sealer, createPassphraseBox(createSecretFile(dataDir, now), defaultScryptCost)),
    fetchFor: proxied.fetchFor,
    launchParser: launchParserUtility(
      (program, args, forkOptions) => utilityProcess.fork(program, args, forkOptions),
      path.join(options.programDir, 'parser-process.js'),
    ),
    log: createFileLogger(dataDir, now),
    now,
    newId: () => uuidv7(),
    timeZone: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
    environment: {
      openAiKey: environment['OPENAI_API_KEY'] || null,
      openAiBaseUrl: environment['OPENAI_BASE_URL'] || null,
      priceListUrl: environment['TALLY_PRICE_LIST_URL'] || null,
    },
  };
  return { ports, close: proxied.close };
}
