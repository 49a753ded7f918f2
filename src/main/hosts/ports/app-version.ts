import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** The version in the package.json of the folder Tally was started from. */
export function readAppVersion(appDir: string): string {
  const parsed: unknown = JSON.parse(readFileSync(path.join(appDir, 'package.json'), 'utf8'));
  return z.object({ version: z.string() }).parse(parsed).version;
}
