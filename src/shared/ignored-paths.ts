import ignore from 'ignore';

/** A .gitignore file: where it lies inside the folder (`docs/.gitignore`), and what is in it. */
export interface IgnoreFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Whether git would ignore a path of the folder these files lie in, `/` between its steps. A file speaks for its own
 * folder, a deeper one overrides a higher one, and below an ignored folder nothing comes back, as
 * https://git-scm.com/docs/gitignore has it.
 */
export function ignoredPaths(files: readonly IgnoreFile[]): (path: string) => boolean {
  const rules = ignore({ ignorecase: false });
  const shallowFirst = files.toSorted((a, b) => depthOf(a.path) - depthOf(b.path));
  // All in one list: that a later rule wins over an earlier one is then the precedence of git.
  for (const { path, text } of shallowFirst) rules.add(text.split(/\r?\n/).map((line) => anchored(line, path)));
  return (path) => ignore.isPathValid(path) && rules.ignores(path);
}

function depthOf(path: string): number {
  return path.split('/').length;
}

/** A rule as it would have to stand in the .gitignore of the topmost folder. */
function anchored(line: string, path: string): string {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  if (folder === '' || line.trim() === '' || line.startsWith('#')) return line;
  const negation = line.startsWith('!') ? '!' : '';
  const pattern = line.slice(negation.length);
  // With a slash before its end a rule is meant from its own folder on, else for any depth below it.
  const below = /\/(?!\s*$)/.test(pattern) ? pattern.replace(/^\//, '') : `**/${pattern}`;
  return `${negation}/${folder.replaceAll(/[\\*?[\]!# ]/g, String.raw`\$&`)}/${below}`;
}
