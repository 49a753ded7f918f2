import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore, type LanguageInput, type ThemedToken } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';

/** A stretch of code in one colour, as CSS writes it. */
export interface ColouredSpan {
  readonly content: string;
  readonly color: string | undefined;
}

/** Lines of code. */
export type ColouredLines = readonly (readonly ColouredSpan[])[];

/** Each language is a file of its own that is read when an answer first has code in it. */
const languages: Readonly<Record<string, LanguageInput>> = {
  bash: () => import('shiki/langs/bash.mjs'),
  c: () => import('shiki/langs/c.mjs'),
  clojure: () => import('shiki/langs/clojure.mjs'),
  cpp: () => import('shiki/langs/cpp.mjs'),
  csharp: () => import('shiki/langs/csharp.mjs'),
  css: () => import('shiki/langs/css.mjs'),
  csv: () => import('shiki/langs/csv.mjs'),
  dart: () => import('shiki/langs/dart.mjs'),
  diff: () => import('shiki/langs/diff.mjs'),
  docker: () => import('shiki/langs/docker.mjs'),
  elixir: () => import('shiki/langs/elixir.mjs'),
  go: () => import('shiki/langs/go.mjs'),
  graphql: () => import('shiki/langs/graphql.mjs'),
  haskell: () => import('shiki/langs/haskell.mjs'),
  html: () => import('shiki/langs/html.mjs'),
  ini: () => import('shiki/langs/ini.mjs'),
  java: () => import('shiki/langs/java.mjs'),
  javascript: () => import('shiki/langs/javascript.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  jsx: () => import('shiki/langs/jsx.mjs'),
  julia: () => import('shiki/langs/julia.mjs'),
  kotlin: () => import('shiki/langs/kotlin.mjs'),
  latex: () => import('shiki/langs/latex.mjs'),
  lua: () => import('shiki/langs/lua.mjs'),
  make: () => import('shiki/langs/make.mjs'),
  markdown: () => import('shiki/langs/markdown.mjs'),
  nginx: () => import('shiki/langs/nginx.mjs'),
  perl: () => import('shiki/langs/perl.mjs'),
  php: () => import('shiki/langs/php.mjs'),
  powershell: () => import('shiki/langs/powershell.mjs'),
  python: () => import('shiki/langs/python.mjs'),
  r: () => import('shiki/langs/r.mjs'),
  ruby: () => import('shiki/langs/ruby.mjs'),
  rust: () => import('shiki/langs/rust.mjs'),
  scala: () => import('shiki/langs/scala.mjs'),
  sql: () => import('shiki/langs/sql.mjs'),
  swift: () => import('shiki/langs/swift.mjs'),
  toml: () => import('shiki/langs/toml.mjs'),
  tsx: () => import('shiki/langs/tsx.mjs'),
  typescript: () => import('shiki/langs/typescript.mjs'),
  vue: () => import('shiki/langs/vue.mjs'),
  xml: () => import('shiki/langs/xml.mjs'),
  yaml: () => import('shiki/langs/yaml.mjs'),
};

/** Other names models give them. */
const aliases: Readonly<Record<string, string>> = {
  'c#': 'csharp',
  'c++': 'cpp',
  cs: 'csharp',
  dockerfile: 'docker',
  golang: 'go',
  js: 'javascript',
  jsonc: 'json',
  kt: 'kotlin',
  makefile: 'make',
  md: 'markdown',
  mjs: 'javascript',
  patch: 'diff',
  ps1: 'powershell',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  svg: 'xml',
  tex: 'latex',
  ts: 'typescript',
  yml: 'yaml',
  zsh: 'bash',
};

const themeName = 'tally';
/** Longest line that is coloured, in UTF-16 code units. */
const maxLineChars = 1_000;

let creating: Promise<HighlighterCore> | undefined;

function start(): Promise<HighlighterCore> {
  const theme = createCssVariablesTheme({ name: themeName, variablePrefix: '--code-', fontStyle: true });
  return createHighlighterCore({ themes: [theme], langs: [], engine: createJavaScriptRegexEngine({ forgiving: true }) });
}

/** Colours code that grows: what it returns replaces the lines from `firstLine` on. */
export type Colour = (code: string) => { readonly firstLine: number; readonly lines: ColouredLines };

/**
 * Loads a language by the name an answer gives it; null where it is not known. Each function that comes from it follows one
 * block: code that has only grown is read from the line that changed. Compiling a grammar takes up to a second, so this belongs
 * into a worker.
 */
export async function loadLanguage(name: string): Promise<(() => Colour) | null> {
  const key = name.toLowerCase();
  const lang = aliases[key] ?? key;
  const grammar = Object.hasOwn(languages, lang) ? languages[lang] : undefined;
  if (grammar === undefined) return null;
  const highlighter = await (creating ??= start());
  await highlighter.loadLanguage(grammar);
  return () => createColour(highlighter, lang);
}

function createColour(highlighter: HighlighterCore, lang: string): Colour {
  // No limit of time: a line that is given up half way would be wrong to its end. Whoever waits ends the worker instead.
  const options = { lang, theme: themeName, tokenizeMaxLineLength: maxLineChars, tokenizeTimeLimit: 0 };
  let read = '';
  let lineCount = 0;
  let state: ReturnType<HighlighterCore['getLastGrammarState']> | undefined;

  function tokensOf(code: string): ThemedToken[][] {
    return highlighter.codeToTokensBase(code, state === undefined ? options : { ...options, grammarState: state });
  }

  return (code) => {
    if (!code.startsWith(read)) {
      read = '';
      lineCount = 0;
      state = undefined;
    }
    const firstLine = lineCount;
    const lines: ColouredSpan[][] = [];
    const end = code.lastIndexOf('\n') + 1;
    if (end > read.length) {
      const added = tokensOf(code.slice(read.length, end - 1));
      state = highlighter.getLastGrammarState(added) ?? undefined;
      lines.push(...toSpans(added));
      lineCount += added.length;
      read = code.slice(0, end);
    }
    if (end < code.length) lines.push(...toSpans(tokensOf(code.slice(end))));
    return { firstLine, lines };
  };
}

function toSpans(lines: readonly (readonly ThemedToken[])[]): ColouredSpan[][] {
  return lines.map((line) => line.map(({ content, color }) => ({ content, color })));
}
