import type { Family, Group, InputError, Outcome } from './summarize.ts';
import { percent } from './write-text.ts';

const introduction = `# How exact the costs are

Made by \`npm run -s eval:cost -- FILE.jsonl --markdown > docs/cost-accuracy.md\`; do not edit. FILE holds exchanges with model
providers as they were recorded. Each is replayed: the recorded request goes through Tally's meter, the recorded bytes come back in
pieces of odd sizes, and what is booked is held against what the provider reported.`;

const estimateIntroduction = `Before a request is sent, and when an answer is stopped or its usage never comes, Tally counts the prompt itself. What the count
is worth depends on the family of the model. An error is a share of what was billed; *bias* is all that was billed over all that was
counted, so above 1 the count is too low. Requests with files, pictures that are elsewhere, tools of the provider's own or history it
keeps cannot be counted whole; they are left out here, and a cost that rests on such a count is marked as a lower bound.

Once a call to a model has been billed, counts for it are calibrated by a line fitted through what was counted and what was billed,
older calls fading: a factor for a tokenizer that cuts finer or coarser, and a number of tokens for what a provider adds to every prompt.
The last three columns are of the requests here that others of the same kind (text alone, or with more) came before: how many, and their
errors without and with it.`;

/** The outcome as a page of documentation. */
export function toMarkdown(outcome: Outcome): string {
  const { exchanges, usage, groups, families } = outcome;
  const costs = groups.filter(({ reportedCosts }) => reportedCosts > 0);
  return [
    introduction,
    `## Usage the provider reported\n\n${usage.exact} of ${usage.reported} reported usages read to the token, ${usage.misread} misread (${exchanges} exchanges).`,
    table(['Seller', 'Exchanges', 'Usage reported', 'Read exactly'], sellerRows(groups)),
    `## Input counted on this computer\n\n${estimateIntroduction}`,
    table(
      [
        'Family',
        'Prompt',
        'Requests',
        'Exact',
        'Median error',
        '95th percentile',
        'Bias',
        'Calibrated',
        'Median before → after',
        '95th before → after',
      ],
      familyRows(families),
    ),
    table(
      [
        'Seller and model',
        'Requests',
        'Exact',
        'Median error',
        '95th percentile',
        'Bias',
        'Calibrated',
        'Median before → after',
        '95th before → after',
      ],
      groups.flatMap(({ host, model, input }) => (input === null ? [] : [[`${host} ${model}`, ...errorCells(input)]])),
    ),
    '## Cost by the price list, where the seller names its charge\n\nThe charge is what is booked. This is what the price list alone would have said.',
    table(
      ['Seller and model', 'Charges', 'Equal to the nano-dollar', 'Without a price'],
      costs.map((group) => [
        `${group.host} ${group.model}`,
        String(group.reportedCosts),
        String(group.equalCosts),
        String(group.reportedCosts - group.pricedCosts),
      ]),
    ),
    '## What differs, and why',
    table(['What', 'Why', 'Exchanges'], reasonRows(outcome)),
  ].join('\n\n');
}

function sellerRows(groups: readonly Group[]): string[][] {
  const sumOf = (members: readonly Group[], key: 'exchanges' | 'reported' | 'exact'): string =>
    String(members.reduce((sum, group) => sum + group[key], 0));
  return [...Map.groupBy(groups, ({ host }) => host)].map(([host, members]) => [
    host,
    sumOf(members, 'exchanges'),
    sumOf(members, 'reported'),
    sumOf(members, 'exact'),
  ]);
}

function familyRows(families: readonly Family[]): string[][] {
  return families.flatMap(({ name, text, other }) => [
    ...(text === null ? [] : [[name, 'plain text', ...errorCells(text)]]),
    ...(other === null ? [] : [[name, 'with functions, pictures or a schema', ...errorCells(other)]]),
  ]);
}

function errorCells({ count, exactShare, medianError, p95Error, bias, calibrated }: InputError): string[] {
  const cells = [String(count), ...[exactShare, medianError, p95Error].map(percent), bias.toFixed(2)];
  if (calibrated === null) return [...cells, '0', '', ''];
  const { medianBefore, medianAfter, p95Before, p95After } = calibrated;
  const change = (before: number, after: number): string => `${percent(before)} → ${percent(after)}`;
  return [...cells, String(calibrated.count), change(medianBefore, medianAfter), change(p95Before, p95After)];
}

function reasonRows({ disagreements }: Outcome): string[][] {
  const byReason = Map.groupBy(disagreements, ({ about, reason }) => `${about}\n${reason}`);
  return [...byReason.values()].map((members) => [members[0]?.about ?? '', members[0]?.reason ?? '', String(members.length)]);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
