import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const limiter = fileURLToPath(new URL('limit-memory.ts', import.meta.url));

it('ends a process whose buffers grow past the limit while it does nothing else', { timeout: 60_000 }, async () => {
  const greedy = `
    import { limitMemory } from ${JSON.stringify(limiter)};
    limitMemory(400 * 1024 * 1024);
    const held = [];
    for (;;) held.length < 60 ? held.push(Buffer.alloc(16 * 1024 * 1024, 1)) : held.at(-1).fill(2);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', greedy], { stdio: 'ignore' });
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
});

it('lets a process end that stays below it', async () => {
  const modest = `import { limitMemory } from ${JSON.stringify(limiter)}; limitMemory(4_000 * 1024 * 1024);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', modest], { stdio: 'ignore' });
  expect(await once(child, 'exit')).toEqual([0, null]);
});
