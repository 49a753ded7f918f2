// Nothing that reaches the database's native module may be imported statically here: see `supportsSqlite`.
import { homedir } from 'node:os';
import path from 'node:path';
import { AppError } from '../shared/rpc/errors.ts';
import { nodeTooOldSentence, supportsSqlite } from './hosts/ports/node-version.ts';
import { startFailureSentence } from './hosts/ports/start-failure.ts';
import { parseArguments, usage, type AskArguments } from './hosts/terminal/parse-arguments.ts';
import { runAsk, type Terminal } from './hosts/terminal/run-ask.ts';
import { sentenceOf } from './hosts/terminal/sentence.ts';

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
};

/** null when the command line is not understood; the reason has been said then. */
function readArguments(): AskArguments | null {
  try {
    return parseArguments(process.argv.slice(2));
  } catch (error) {
    terminal.err(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`);
    return null;
  }
}

async function ask(args: AskArguments): Promise<number> {
  const [{ chooseDataDir, prepareDataDir }, { createNodePorts }, { createCore }, { readAppVersion }, { createRpcClient }, { memoryPair }] =
    await Promise.all([
      import('./hosts/ports/data-dir.ts'),
      import('./hosts/loopback/node-ports.ts'),
      import('./core/create-core.ts'),
      import('./hosts/ports/app-version.ts'),
      import('../shared/rpc/client.ts'),
      import('../shared/rpc/memory-transport.ts'),
    ]);
  const environment = process.env;
  const dataDir = chooseDataDir({ flag: args.dataDir ?? undefined, environment, platform: process.platform, homeDir: homedir() });
  prepareDataDir(dataDir);
  const appVersion = readAppVersion(path.resolve(import.meta.dirname, '../..'));
  const { ports, close: closePorts } = createNodePorts({ host: 'terminal', dataDir, appVersion, environment, entry: import.meta.filename });
  const core = await createCore(ports);
  const pipe = memoryPair();
  core.accept(pipe.core);
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  try {
    return await runAsk(createRpcClient(pipe.page), args, terminal, ports.newId, interrupted.signal);
  } finally {
    await core.close();
    await closePorts();
  }
}

async function main(): Promise<number> {
  if (!supportsSqlite()) {
    terminal.err(`${nodeTooOldSentence}\n`);
    return 1;
  }
  const args = readArguments();
  if (args === null) return 2;
  try {
    return await ask(args);
  } catch (error) {
    const isOurs = error instanceof AppError && !startsOnly.has(error.code);
    terminal.err(`${isOurs ? sentenceOf({ code: error.code, ...(error.data && { data: error.data }) }) : startFailureSentence(error)}\n`);
    return 1;
  }
}

/** Errors that only a start can have; their sentences name the folder. */
const startsOnly: ReadonlySet<string> = new Set(['DATA_DIR_READ_ONLY', 'DATABASE_NEWER', 'DATABASE_DAMAGED', 'DISK_FULL', 'INTERNAL']);

process.exitCode = await main();
