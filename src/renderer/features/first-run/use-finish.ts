import { useMutation } from '@tanstack/react-query';
import type { Failure } from '../../../shared/contract/chat.ts';
import type { SettingsValues } from '../../../shared/contract/settings.ts';
import { failureOf } from '../../components/error-sentence.ts';
import { rpc } from '../../rpc/connection.ts';
import { queries } from '../../rpc/queries.ts';
import { queryClient } from '../../rpc/query-client.ts';

/** Ends the first run: remembers that it is over, with what was chosen on the way. */
export interface Finish {
  readonly run: (chosen: Partial<Pick<SettingsValues, 'defaultModel'>>, afterwards?: () => void) => void;
  readonly isPending: boolean;
  readonly failure: Failure | null;
}

interface Ending {
  readonly chosen: Partial<Pick<SettingsValues, 'defaultModel'>>;
  readonly afterwards: (() => void) | undefined;
}

export function useFinish(onDone: () => void): Finish {
  const end = useMutation({
    mutationFn: ({ chosen }: Ending) => rpc.call('settings.update', { ...chosen, onboardingDone: true }),
    // Here and not at the call: the changed settings may take this page away before the call returns.
    onSuccess(settings, { afterwards }) {
      // The first question must go to the model that was chosen, whether or not the news of it has arrived.
      queryClient.setQueryData(queries.settings().queryKey, settings);
      onDone();
      afterwards?.();
    },
  });
  return {
    run: (chosen, afterwards) => end.mutate({ chosen, afterwards }),
    isPending: end.isPending,
    failure: end.isError ? failureOf(end.error) : null,
  };
}
