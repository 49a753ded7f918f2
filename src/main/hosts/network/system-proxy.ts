import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { direct, rulesFromEnvironment, rulesFromRegistry, rulesFromScutil, type ProxyRules } from './proxy-rules.ts';

const run = promisify(execFile);
const commandTimeoutMs = 3_000;
/** Somebody who joins another network should not have to restart. */
const freshForMs = 60_000;

const internetSettings = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings`;

/**
 * Finds the proxy of the environment, else of macOS or Windows. A proxy script (PAC) is not evaluated: only a browser can.
 * Never rejects; what cannot be found out counts as no proxy.
 */
export function createSystemProxy(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform, now: () => number): () => Promise<ProxyRules> {
  let known: Promise<ProxyRules> = Promise.resolve(direct);
  let knownAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const fromEnvironment = rulesFromEnvironment(environment);
    if (fromEnvironment !== null) return fromEnvironment;
    if (now() - knownAt > freshForMs) {
      knownAt = now();
      known = askSystem(platform).catch(() => direct);
    }
    return known;
  };
}

async function askSystem(platform: NodeJS.Platform): Promise<ProxyRules> {
  const options = { timeout: commandTimeoutMs, windowsHide: true };
  if (platform === 'darwin') return rulesFromScutil((await run('/usr/sbin/scutil', ['--proxy'], options)).stdout);
  if (platform === 'win32') return rulesFromRegistry((await run('reg', ['query', internetSettings], options)).stdout);
  return direct;
}
