import { useQueries, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ModelRef } from '../../shared/contract/chat.ts';
import type { ModelInfo, Provider } from '../../shared/contract/providers.ts';
import { rateText } from './amount-text.ts';
import type { ComboboxOption } from './ui/combobox.tsx';
import { queries } from '../rpc/queries.ts';

/** A model of a provider as one string, for controls whose values are strings. */
export function keyOfRef(ref: ModelRef): string {
  return JSON.stringify([ref.providerId, ref.modelId]);
}

interface Choice {
  readonly option: ComboboxOption;
  readonly ref: ModelRef;
}

/** Every chat model of every provider that names its models, with its price of output. */
export function useChatModelChoices(): readonly Choice[] {
  const { t, i18n } = useTranslation('common');
  const providers = useQuery(queries.providers()).data?.providers ?? [];
  const lists = useQueries({
    queries: providers.map(({ id, hasKey, needsKey }) => ({ ...queries.models(id), enabled: hasKey || !needsKey })),
  });
  return providers.flatMap((provider: Provider, index) =>
    (lists[index]?.data?.models ?? [])
      .filter(({ kind }) => kind === 'chat')
      .map((model: ModelInfo) => {
        const ref = { providerId: provider.id, modelId: model.id };
        const label = providers.length > 1 ? `${model.id} · ${provider.name}` : model.id;
        const hint = model.outputPerMillion === null ? undefined : rateText(model.outputPerMillion, i18n.language, t);
        return { ref, option: { value: keyOfRef(ref), label, hint } };
      }),
  );
}
