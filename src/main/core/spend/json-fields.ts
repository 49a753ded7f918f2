/** A JSON object whose contents nobody has checked yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value as an object with unknown fields; null for anything else, arrays included. */
export function objectOf(value: unknown): JsonObject | null {
  // A plain object's fields are unknown until read one by one, which is all this type says.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/** The value as a list; empty for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as a text; null for anything else. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The parsed JSON; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
