import { parseArgs } from 'node:util';

/** What `npm run ask` was asked to do. */
export interface AskArguments {
  readonly question: string;
  /** Files and folders to answer from. */
  readonly documentPaths: readonly string[];
  /** As typed; null: the default model. */
  readonly modelId: string | null;
  readonly demo: boolean;
  readonly json: boolean;
  readonly dataDir: string | null;
}

/** How the command is used, for `--help` and after a mistake. */
export const usage = [
  'Usage: npm run ask -- "question" [--doc PATH]... [--model ID] [--demo] [--json] [--data-dir DIR]',
  '',
  '  --doc PATH      answer from this file or folder; may be given several times',
  '  --model ID      the model to ask; without it the one chosen in Tally',
  '  --demo          ask the built-in demo model: no key, no cost',
  '  --json          one JSON object a line: delta, source, usage, done',
  '  --data-dir DIR  keep everything here instead of in the usual folder',
].join('\n');

/** Reads the command line. Throws an Error whose message is a sentence for the terminal. */
export function parseArguments(args: readonly string[]): AskArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      doc: { type: 'string', multiple: true, default: [] },
      model: { type: 'string' },
      demo: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      'data-dir': { type: 'string' },
    },
  });
  const question = positionals.join(' ').trim();
  if (question === '') throw new Error('There is no question.');
  return {
    question,
    documentPaths: values.doc,
    modelId: values.model ?? null,
    demo: values.demo,
    json: values.json,
    dataDir: values['data-dir'] ?? null,
  };
}
