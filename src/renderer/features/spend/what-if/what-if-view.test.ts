import { expect, it } from 'vitest';
import { hrefOfWhatIf, parseWhatIfView, type WhatIfView } from './what-if-view.ts';

const today = '2026-11-24';
const month = { name: 'month', from: today, to: today } as const;

it.each<WhatIfView>([
  { range: month, target: null },
  { range: { name: 'custom', from: '2026-01-02', to: '2026-03-04' }, target: 'list openai gpt-5.1' },
  { range: { ...month, name: 'all' }, target: 'provider 0192-p org/a model&b=c' },
])('comes back from its address: %j', (view) => {
  expect(parseWhatIfView(hrefOfWhatIf(view).split('?', 2)[1] ?? '', today)).toEqual(view);
});

it('takes what makes no sense as it is at first', () => {
  expect(parseWhatIfView('range=never&from=x', today)).toEqual({ range: month, target: null });
});
