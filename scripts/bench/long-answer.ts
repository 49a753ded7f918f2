const sentences = [
  'The tenant keeps the flat in **good order** and reports damage `in writing` within two weeks. ',
  'Repairs above the agreed amount are for the landlord, see [the guide](https://example.org/guide#repairs). ',
  '契約の更新は、期間満了の三か月前までに書面で申し出る必要があります。更新料については別に定めます。',
  'Whoever ends the lease early pays for the time until somebody else moves in, but for no longer than _three months_. ',
];

const code = [
  '```ts',
  'export function rentOf(lease: Lease, month: number): number {',
  '  const factor = 1 + lease.increase * Math.floor(month / 12);',
  '  return Math.round(lease.rent * factor); // in cents',
  '}',
  '```',
];

const table = [
  '| Month | Rent | Note |',
  '| ---: | ---: | --- |',
  '| 1 | 1,200 | first |',
  '| 13 | 1,224 | *after the increase* |',
  '| 25 | 1,248 | ~~deposit~~ |',
];

const list = [
  '1. Read the lease.',
  '2. Write down what is broken.',
  '   - in the kitchen',
  '   - in the bath',
  '3. Send it.',
  '',
  '- [x] done',
  '- [ ] to do',
];

const formula = ['$$', String.raw`r_n = r_0 \left(1 + \frac{p}{100}\right)^{\lfloor n / 12 \rfloor}`, '$$'];

/** One part of a long answer: every kind of block there is. */
function part(number: number): string {
  const text = (index: number): string => sentences[index % sentences.length] ?? '';
  const quote = `> ${text(number)}`;
  const blocks = [
    `## Part ${number} of the answer`,
    `${text(number)}${text(number + 1)}${text(number + 2)}${text(number + 3)}`,
    [list, code, table, formula][number % 4]?.join('\n') ?? '',
    `${text(number + 2)}The inflation of the year, \\(p\\), is what the office says it is. ${text(number + 1)}`,
    quote,
  ];
  return `${blocks.join('\n\n')}\n\n`;
}

/** A long answer with everything in it that Markdown has, in pieces of about four characters as models send them. */
export function longAnswerTokens(count: number): string[] {
  const tokens: string[] = [];
  for (let number = 1; tokens.length < count; number += 1) tokens.push(...(part(number).match(/[^]{1,4}/gu) ?? []));
  return tokens.slice(0, count);
}

/** What an answer of the past says: one to four parts. */
export function pastAnswer(turn: number): string {
  return Array.from({ length: 1 + (turn % 4) }, (_, index) => part(turn + index)).join('');
}
