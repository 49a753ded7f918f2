import type { Disagreement } from './judge.ts';
import type { Group, InputError, Outcome } from './summarize.ts';

/** The outcome for a person at a terminal. */
export function toText({ exchanges, usage, groups, disagreements }: Outcome): string {
  return [
    `${exchanges} exchanges. Usage read exactly: ${usage.exact} of ${usage.reported} reported, ${usage.misread} misread.`,
    '',
    columns(['host and model', 'usage read', 'input estimate against the bill', 'cost against the reported one']),
    ...groups.map(groupLine),
    '',
    ...reasonLines(disagreements),
  ].join('\n');
}

function groupLine(group: Group): string {
  const { host, model, exact, reported, input, uncounted, reportedCosts, equalCosts, pricedCosts } = group;
  const counted = input === null ? [] : [errorText(input)];
  const cost = reportedCosts === 0 ? '' : `${equalCosts} of ${reportedCosts} equal, ${reportedCosts - pricedCosts} without a price`;
  return columns([
    `${host} ${model}`,
    `${exact} of ${reported}`,
    [...counted, ...(uncounted === 0 ? [] : [`${uncounted} not countable`])].join('; '),
    cost,
  ]);
}

function errorText({ count, exactShare, medianError, p95Error, calibrated }: InputError): string {
  const errors = `median ${percent(medianError)}, p95 ${percent(p95Error)}`;
  const mended =
    calibrated === null
      ? ''
      : ` (${calibrated.count} calibrated: median ${percent(calibrated.medianBefore)} → ${percent(calibrated.medianAfter)})`;
  return `${Math.round(exactShare * count)} of ${count} exact, ${errors}${mended}`;
}

/** Every disagreement, together with those of the same reason. */
function reasonLines(disagreements: readonly Disagreement[]): string[] {
  const byReason = Map.groupBy(disagreements, ({ about, reason }) => `${about}: ${reason}`);
  return [...byReason].flatMap(([reason, members]) => [
    `${reason} (${members.length})`,
    ...members.map(({ id, host, model, provider, tally }) => `  ${host} ${model}, ${id}: provider ${provider}, Tally ${tally}`),
    '',
  ]);
}

/** A share as a percentage; small ones with a decimal. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value !== 0 && value < 10 ? value.toFixed(1) : value.toFixed(0)} %`;
}

function columns([first = '', second = '', third = '', fourth = '']: readonly string[]): string {
  return `${first.padEnd(64)} ${second.padEnd(11)} ${third.padEnd(80)} ${fourth}`.trimEnd();
}
