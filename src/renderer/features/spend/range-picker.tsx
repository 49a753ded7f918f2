import { useTranslation } from 'react-i18next';
import { Segments } from '../../components/ui/segments.tsx';
import { Input } from '../../components/ui/input.tsx';
import type { LocalDay } from '../../lib/local-day.ts';
import { rangeNames, type RangeChoice } from './spend-range.ts';

interface RangePickerProps {
  choice: RangeChoice;
  today: LocalDay;
  onChange: (choice: RangeChoice) => void;
}

/** The period the page is about: ready-made ones, or two dates. */
export function RangePicker({ choice, today, onChange }: RangePickerProps) {
  const { t } = useTranslation('spend');
  const isBackwards = choice.name === 'custom' && choice.from > choice.to;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segments
        label={t('range.label')}
        value={choice.name}
        options={rangeNames.map((value) => ({ value, label: t(`range.${value}`) }))}
        onChange={(name) => onChange({ ...choice, name })}
      />
      {choice.name === 'custom' && (
        <div className="flex items-center gap-1.5">
          <DateInput label={t('range.from')} value={choice.from} max={today} onChange={(from) => onChange({ ...choice, from })} />
          <span aria-hidden className="text-faint">
            –
          </span>
          <DateInput label={t('range.to')} value={choice.to} max={today} onChange={(to) => onChange({ ...choice, to })} />
        </div>
      )}
      {isBackwards && (
        <p role="alert" className="text-sm text-danger">
          {t('range.wrongOrder')}
        </p>
      )}
    </div>
  );
}

interface DateInputProps {
  label: string;
  value: LocalDay;
  max: LocalDay;
  onChange: (day: LocalDay) => void;
}

function DateInput({ label, value, max, onChange }: DateInputProps) {
  return (
    <Input
      type="date"
      aria-label={label}
      value={value}
      max={max}
      onChange={(event) => onChange(event.target.value)}
      className="w-36 text-sm tabular"
    />
  );
}
