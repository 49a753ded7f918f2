import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Receipt } from '../../../../shared/contract/chat.ts';
import type { RetrievalTrace } from '../../../../shared/contract/trace.ts';
import { useFormat } from '../../../lib/format.ts';

/** How long each step took, in the order they were taken. */
export function StepTimes({ steps, receipt }: { steps: RetrievalTrace['steps']; receipt: Receipt | null }) {
  const { t, i18n } = useTranslation('shell');
  const { duration } = useFormat();
  const milliseconds = new Intl.NumberFormat(i18n.language, { style: 'unit', unit: 'millisecond', maximumSignificantDigits: 2 });
  // Rewriting is a call of its own, timed where it was paid for.
  const rewriting = (receipt?.calls ?? []).filter(({ purpose }) => purpose === 'condense').map(({ durationMs }) => durationMs);
  const rows = [...rewriting.map((durationMs) => ({ step: 'condense' as const, durationMs })), ...steps];
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-0.5 text-sm">
      {rows.map(({ step, durationMs }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the list never changes, and a step may come twice
        <Fragment key={index}>
          <dt className="text-muted">{t(`trace.step.${step}`)}</dt>
          <dd className="text-right tabular">{durationMs < 100 ? milliseconds.format(durationMs) : duration(durationMs)}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
