import { fork } from 'node:child_process';
import path from 'node:path';
import type { LaunchParser } from '../src/main/core/ports.ts';

const parserProcess = path.resolve(import.meta.dirname, '../src/main/parser-process.ts');

/** Starts the real parser process from its source; `maxHeapMegabytes` overrides what the core asks for. */
export function forkParser(maxHeapMegabytes?: number): LaunchParser {
  return (options) => {
    const child = fork(parserProcess, [], {
      execArgv: [`--max-old-space-size=${maxHeapMegabytes ?? options.maxHeapMegabytes}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    return {
      // Whatever can be cloned can be sent; the type only knows JSON.
      postMessage: (message) => child.send(message as object),
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => child.once('exit', listener),
      kill: () => child.kill('SIGKILL'),
    };
  };
}
