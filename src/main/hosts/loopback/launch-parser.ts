import { fork } from 'node:child_process';
import type { LaunchParser } from '../../core/ports.ts';
import { pickEnvironment } from '../ports/pick-environment.ts';

/** Where temporary files go, and what Windows cannot start a program without. No keys, no NODE_OPTIONS. */
const environmentNames = ['TMPDIR', 'TEMP', 'TMP', 'TZ', 'LANG', 'SystemRoot'];

/** Forks Node on the parser's program, with a heap of its own that cannot take ours down with it. */
export function forkParser(program: string, environment: NodeJS.ProcessEnv): LaunchParser {
  return ({ maxHeapMegabytes }) => {
    const child = fork(program, [], {
      execArgv: [`--max-old-space-size=${maxHeapMegabytes}`],
      env: pickEnvironment(environment, environmentNames),
      serialization: 'advanced',
      // A parser's complaints quote the document; they belong in no terminal and no log.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const { promise: exited, resolve } = Promise.withResolvers<number | null>();
    child.once('exit', (code) => resolve(code));
    // Sent when it could not be started at all; 'exit' may not follow then.
    child.once('error', () => resolve(null));
    return {
      postMessage(message) {
        // `fork` takes any message that can be cloned; its type names only JSON's.
        if (child.connected) child.send(message as Parameters<typeof child.send>[0], () => undefined);
      },
      onMessage: (listener) => void child.on('message', (message: unknown) => listener(message)),
      onExit: (listener) => void exited.then(listener),
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
