/** Fails to compile when a case of a union was forgotten, and throws if one turns up at run time all the same. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
