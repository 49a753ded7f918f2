import { expect, it } from 'vitest';
import { earlyReason, type Judgement } from './judge.ts';
import { summarize } from './summarize.ts';

function judgement(fields: Partial<Judgement>, [estimated, billed]: readonly [number, number]): Judgement {
  return {
    host: 'api.openai.com',
    model: 'gpt-4o',
    responsesApi: 'settled',
    usage: 'exact',
    input: { estimated, calibrated: null, billed, isWhole: true, isText: true },
    cost: null,
    hasReportedCost: false,
    disagreements: [],
    ...fields,
  };
}

it('keeps the early bills of the Responses API apart, and shows by the later ones that they say nothing about the count', () => {
  const early = {
    id: 'x',
    host: 'api.openai.com',
    model: 'gpt-4o',
    about: 'input',
    provider: '42',
    tally: '24',
    reason: earlyReason,
  } as const;
  const { families, disagreements } = summarize([
    judgement({ responsesApi: 'early', disagreements: [early] }, [24, 42]),
    judgement({}, [30, 30]),
    judgement({}, [29, 30]),
    judgement({ model: 'gpt-5' }, [29, 30]),
  ]);
  expect(families.map(({ name, text }) => [name, text?.count, text?.exactShare])).toEqual([
    ['GPT-4o, GPT-4.1', 2, 0.5],
    ['GPT-5, o-series', 1, 0],
    ['OpenAI, Responses API until April 2025', 1, 0],
  ]);
  expect(disagreements[0]?.reason).toMatch(/1 of 2 are counted exactly$/u);
});
