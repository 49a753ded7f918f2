import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Logger } from '../../core/ports.ts';

/** The log and its predecessor together stay below twice this. */
const maxFileBytes = 2 * 1024 * 1024;
const maxTextLength = 2_000;

type Fields = Parameters<Logger['info']>[1];

/** JSON lines in `logs/tally.log` under the data folder. A log that cannot be written never stops the program. */
export function createFileLogger(dataDir: string, now: () => number): Logger {
  const dir = path.join(dataDir, 'logs');
  const file = path.join(dir, 'tally.log');
  let size = currentSize(file);

  function write(level: 'info' | 'warn' | 'error', event: string, fields: Fields): void {
    const line = `${JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...redactedFields(fields) })}\n`;
    try {
      mkdirSync(dir, { recursive: true, mode: 0o700 });
      if (size > maxFileBytes) {
        renameSync(file, `${file}.1`);
        size = 0;
      }
      appendFileSync(file, line, { mode: 0o600 });
      size += Buffer.byteLength(line);
    } catch {
      // A full disk or a vanished folder; the work itself will say so to the person.
    }
  }

  return {
    info: (event, fields) => write('info', event, fields),
    warn: (event, fields) => write('warn', event, fields),
    error: (event, fields) => write('error', event, fields),
  };
}

/** A second line of defence: callers log no secrets, and what looks like one is blotted out all the same. */
export function redactSecrets(text: string): string {
  return text
    .replace(/\b(?:bearer|basic)\s+[\w.~+/=-]{6,}/gi, '[redacted]')
    .replace(/\b(?:sk|gsk|pk|rk|xai|key|AIza)[-_][\w-]{6,}/gi, '[redacted]')
    .replace(/\b(token|session|api[-_]?key|password|passphrase)=[^\s&"']+/gi, '$1=[redacted]')
    .replace(/\b[A-Za-z0-9_-]{40,}\b/g, '[redacted]')
    .slice(0, maxTextLength);
}

function redactedFields(fields: Fields): Record<string, unknown> {
  const entries = Object.entries(fields ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name, typeof value === 'string' ? redactSecrets(value) : value]));
}

function currentSize(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
