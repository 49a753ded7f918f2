/** A question with the answer the fake server gives to it. */
export interface SampleExchange {
  readonly question: string;
  readonly answer: string;
}

export interface SampleConversation {
  readonly title: string;
  readonly daysAgo: number;
  readonly model: string;
  readonly usesDocuments?: boolean;
  readonly exchanges: readonly SampleExchange[];
}

const table = [
  'Three routes, from the quickest to the prettiest:',
  '',
  '| Route | Time | Fare | Changes |',
  '| --- | --- | --- | --- |',
  '| Shinkansen Nozomi | 2 h 15 min | ¥14,170 | none |',
  '| Shinkansen Kodama | 3 h 40 min | ¥13,320 | none |',
  '| Night bus | 7 h 30 min | from ¥5,000 | none |',
  '',
  'With two days in Kyoto the **Nozomi** is worth it: it leaves every ten minutes and needs no reservation in cars 1 to 3.',
].join('\n');

const code = [
  'Use a generator, so that the file is never in memory as a whole:',
  '',
  '```python',
  'import csv',
  'from collections import Counter',
  '',
  'def totals(path: str) -> Counter[str]:',
  '    sums: Counter[str] = Counter()',
  "    with open(path, newline='') as file:",
  '        for row in csv.DictReader(file):',
  "            sums[row['category']] += int(row['cents'])",
  '    return sums',
  '```',
  '',
  'Amounts are kept in cents: adding floats would drift.',
].join('\n');

/** What the screenshots show; newest last. */
export const sampleConversations: readonly SampleConversation[] = [
  {
    title: 'Naming the newsletter',
    daysAgo: 26,
    model: 'gpt-4o',
    exchanges: [
      { question: 'Suggest names for a newsletter about city trees.', answer: 'Canopy · Street & Leaf · The Plane Tree · Rooted' },
    ],
  },
  {
    title: 'Sum a large CSV in Python',
    daysAgo: 19,
    model: 'gpt-5.4-mini',
    exchanges: [{ question: 'How do I sum a 4 GB CSV by category in Python?', answer: code }],
  },
  {
    title: 'Letter to the school',
    daysAgo: 12,
    model: 'gpt-4o',
    exchanges: [
      {
        question: 'Write a short, friendly letter: our daughter will be absent on Friday.',
        answer:
          'Dear Ms Ito,\n\nMina will be absent this Friday because of a family visit. She will catch up over the weekend.\n\nKind regards',
      },
    ],
  },
  {
    title: 'Tokyo to Kyoto',
    daysAgo: 6,
    model: 'gpt-5.6-terra',
    exchanges: [{ question: 'What is the best way from Tokyo to Kyoto for two days?', answer: table }],
  },
  {
    title: '賃貸契約の更新料',
    daysAgo: 1,
    model: 'gpt-5.4-mini',
    exchanges: [
      {
        question: '更新料は家賃の何か月分が普通ですか？',
        answer: '首都圏では**家賃の1か月分**が一般的です。ただし法律で決まっているわけではなく、契約書に書かれている場合にだけ支払います。',
      },
    ],
  },
  {
    title: 'Rent increases in the lease',
    daysAgo: 0,
    model: 'gpt-5.4-mini',
    usesDocuments: true,
    exchanges: [
      {
        question: 'When can the landlord raise the rent?',
        answer:
          'At most **once in any 12-month period**, and only after **60 days’ written notice** [1]. An increase may not exceed 5 % of the rent then in force [1].',
      },
      {
        question: 'And what if we disagree?',
        answer:
          'You may object in writing within 30 days. The increase is then suspended until the mediation board of the city has decided [1]. While it is, you keep paying the old rent.',
      },
    ],
  },
];

/** The pages of the sample PDF, line by line. */
export const samplePages: readonly (readonly string[])[] = [
  [
    'Residential Lease Agreement',
    '',
    'This agreement is made between Harbour Homes (the landlord)',
    'and the tenants named in annex A for the flat at 14 Quay Street.',
  ],
  [
    'Rent and deposit',
    '',
    'The monthly rent is 1,480 euros, due on the third working day',
    'of each month. The deposit is two months of rent.',
  ],
  [
    'Rent increases',
    '',
    'The landlord may raise the rent not more than once in any',
    '12-month period, and only after 60 days of written notice.',
    'An increase may not exceed five per cent of the rent then in force.',
  ],
  [
    'Objections',
    '',
    'If the tenants disagree with an increase they may object in',
    'writing within 30 days of the notice. The increase is suspended',
    'until the mediation board of the city has decided. Until then the',
    'old rent is paid.',
  ],
  ['Repairs', '', 'Small repairs up to 120 euros a year are borne by the tenants.', 'Everything else is borne by the landlord.'],
];
