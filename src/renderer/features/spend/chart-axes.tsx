import { CartesianGrid, XAxis, YAxis } from 'recharts';
import type { PeriodText } from './period-text.ts';

interface ChartAxesProps {
  periodText: PeriodText;
  /** Where the lines are, from the lowest to the highest. */
  ticks: readonly number[];
  tickText: (value: number) => string;
}

/** The lines and axes every chart of spend has: periods below, round values on the left. */
export function ChartAxes({ periodText, ticks, tickText }: ChartAxesProps) {
  const tick = { fill: 'var(--muted)', fontSize: 12 };
  return (
    <>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="period"
        tickFormatter={periodText.short}
        tickLine={false}
        axisLine={{ stroke: 'var(--line)' }}
        tick={tick}
        interval="preserveStartEnd"
        minTickGap={28}
      />
      <YAxis
        tickFormatter={tickText}
        tickLine={false}
        axisLine={false}
        width={56}
        tick={tick}
        ticks={ticks}
        domain={[ticks[0] ?? 0, ticks.at(-1) ?? 1]}
      />
    </>
  );
}
