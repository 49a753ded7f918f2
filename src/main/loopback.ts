// Nothing that reaches the database's native module may be imported statically here: see `supportsSqlite`.
import { homedir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { errorLogFields } from '../shared/error-log-fields.ts';
import { nodeTooOldSentence, supportsSqlite } from './hosts/ports/node-version.ts';
import { samplePorts } from './hosts/ports/sample-ports.ts';
import { startFailureSentence } from './hosts/ports/start-failure.ts';

/** A second signal later than this ends the process without waiting. */
const impatientAfterMs = 1_000;
const usage = 'Usage: npm start -- [--port NUMBER] [--no-open] [--data-dir FOLDER] [--sample URL]';

interface Flags {
  readonly port: number;
  readonly isWindowWanted: boolean;
  readonly dataDir: string | undefined;
  /** Where the model of a sample profile answers; undefined: the profile is a real one. */
  readonly sampleServer: string | undefined;
}

/** null when the command line is not understood. */
function readFlags(): Flags | null {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '0' },
        'no-open': { type: 'boolean', default: false },
        'data-dir': { type: 'string' },
        sample: { type: 'string' },
      },
    });
    const port = Number(values.port);
    if (values.port.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535) return null;
    return { port, isWindowWanted: !values['no-open'], dataDir: values['data-dir'], sampleServer: values.sample };
  } catch {
    return null;
  }
}

async function run(flags: Flags): Promise<void> {
  const [{ chooseDataDir, prepareDataDir }, { createNodePorts }, { createCore }, { startLoopback }, { readAppVersion }] = await Promise.all(
    [
      import('./hosts/ports/data-dir.ts'),
      import('./hosts/loopback/node-ports.ts'),
      import('./core/create-core.ts'),
      import('./hosts/loopback/start.ts'),
      import('./hosts/ports/app-version.ts'),
    ],
  );
  const environment = process.env;
  const dataDir = chooseDataDir({ flag: flags.dataDir, environment, platform: process.platform, homeDir: homedir() });
  prepareDataDir(dataDir);
  const appDir = path.resolve(import.meta.dirname, '../..');
  const appVersion = readAppVersion(appDir);
  const { ports: realPorts, close: closePorts } = createNodePorts({
    host: 'loopback',
    dataDir,
    appVersion,
    environment,
    entry: import.meta.filename,
  });
  const ports = flags.sampleServer === undefined ? realPorts : samplePorts(realPorts, flags.sampleServer);
  process.on('uncaughtException', (error) => {
    ports.log.error('process.crashed', errorLogFields(error));
    console.error(startFailureSentence(error));
    process.exit(1);
  });
  const core = await createCore(ports).catch((error: unknown) => {
    ports.log.error('start.failed', errorLogFields(error));
    throw error;
  });
  const pageDir = path.join(appDir, 'out', 'renderer');
  const host = await startLoopback({
    core,
    dataDir,
    pageDir,
    port: flags.port,
    isWindowWanted: flags.isWindowWanted,
    environment,
    now: ports.now,
    print: (line) => console.log(line),
    onWindowGone: (isEnd) => void (isEnd && stop()),
  }).catch(async (error: unknown) => {
    await core.close();
    throw error;
  });

  let stoppingSince: number | null = null;
  function stop(): void {
    if (stoppingSince !== null) {
      // One Ctrl+C arrives from the terminal, from npm and from the start script; a later one means now.
      if (ports.now() - stoppingSince > impatientAfterMs) process.exit(130);
      return;
    }
    stoppingSince = ports.now();
    void host
      .close()
      .then(closePorts)
      .finally(() => process.exit());
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
}

async function main(): Promise<void> {
  const flags = readFlags();
  if (!supportsSqlite() || flags === null) {
    console.error(flags === null ? usage : nodeTooOldSentence);
    process.exit(1);
  }
  try {
    await run(flags);
  } catch (error) {
    console.error(startFailureSentence(error));
    process.exit(1);
  }
}

await main();
