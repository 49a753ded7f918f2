import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { rateText } from '../../components/amount-text.ts';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { Alert } from '../../components/ui/alert.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Combobox } from '../../components/ui/combobox.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Skeleton } from '../../components/ui/skeleton.tsx';
import { queries } from '../../rpc/queries.ts';
import { StepFrame } from './step-frame.tsx';
import { suggestModel } from './suggest-model.ts';
import type { Finish } from './use-finish.ts';

interface ModelStepProps {
  providerId: string;
  finish: Finish;
  onBack: () => void;
}

/** The model the first chat uses; a sensible one is chosen already. */
export function ModelStep({ providerId, finish, onBack }: ModelStepProps) {
  const { t, i18n } = useTranslation('firstRun');
  const settings = useTranslation('settings').t;
  const common = useTranslation('common').t;
  const list = useQuery(queries.models(providerId));
  const [chosen, setChosen] = useState<string | null>(null);
  const models = list.data?.models.filter(({ kind }) => kind === 'chat') ?? [];
  const modelId = chosen ?? suggestModel(models)?.id ?? null;
  const start = () => finish.run(modelId === null ? {} : { defaultModel: { providerId, modelId } });
  return (
    <StepFrame title={t('model.title')} hint={t('model.hint')} onBack={onBack}>
      <div className="flex flex-col gap-4">
        {list.isPending && <Skeleton className="h-14 w-full" />}
        {list.isError && <ErrorMessage failure={failureOf(list.error)} onRetry={() => void list.refetch()} />}
        {list.isSuccess && models.length === 0 && <Alert tone="warn">{t('model.none')}</Alert>}
        {models.length > 0 && (
          <Field label={t('model.label')}>
            <Combobox
              value={modelId}
              options={models.map(({ id, outputPerMillion }) => ({
                value: id,
                label: id,
                hint: outputPerMillion === null ? undefined : rateText(outputPerMillion, i18n.language, common),
              }))}
              placeholder={settings('general.noDefault')}
              searchLabel={settings('form.findModel')}
              emptyText={settings('form.noModel')}
              onChange={setChosen}
            />
          </Field>
        )}
        {finish.failure !== null && <ErrorMessage failure={finish.failure} />}
        <Button variant="primary" size="lg" disabled={list.isPending} busy={finish.isPending} onClick={start}>
          {t('model.start')}
        </Button>
      </div>
    </StepFrame>
  );
}
