const maxFrames = 12;
const maxLength = 1_500;

/**
 * What may be logged of a thrown value: its class, its code and where it was thrown. Never its message, which
 * may quote a prompt, a document or a key.
 */
export function errorLogFields(thrown: unknown): Record<string, string | null> {
  if (!(thrown instanceof Error)) return { error: typeof thrown, code: null, stack: null };
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code.slice(0, 80) : null;
  const frames = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const stack = frames
    .slice(0, maxFrames)
    .map((line) => line.trim())
    .join(' | ');
  return { error: thrown.name.slice(0, 80), code, stack: stack.slice(0, maxLength) };
}
