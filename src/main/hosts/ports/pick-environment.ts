/** Those of the named variables that are set: a child process gets what it needs, never the keys in our own environment. */
export function pickEnvironment(environment: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(names.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]])));
}
