import type { UtilityProcess } from 'electron';
import type { LaunchParser } from '../../core/ports.ts';

/** `utilityProcess.fork`; Node's own fork needs a fuse that a packaged Tally has switched off. */
export type ForkUtility = (
  program: string,
  args: string[],
  options: { execArgv: string[]; serviceName: string; stdio: 'ignore'; env: NodeJS.ProcessEnv },
) => UtilityProcess;

/** Starts the parser's program as a utility process with a heap of its own and none of our environment. */
export function launchParserUtility(fork: ForkUtility, program: string): LaunchParser {
  return ({ maxHeapMegabytes }) => {
    const child = fork(program, [], {
      execArgv: [`--max-old-space-size=${maxHeapMegabytes}`],
      serviceName: 'Tally document reader',
      stdio: 'ignore',
      env: {},
    });
    const { promise: exited, resolve } = Promise.withResolvers<number | null>();
    child.once('exit', resolve);
    return {
      // A port between processes, not a window: it has no origin to name.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      postMessage: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', (message: unknown) => listener(message)),
      onExit: (listener) => void exited.then(listener),
      kill() {
        // `child.kill` asks politely, and a parser caught in a loop does not listen.
        if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
      },
    };
  };
}
