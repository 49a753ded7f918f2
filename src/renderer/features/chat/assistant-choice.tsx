import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { AssistantSymbol } from '../../components/assistant-symbol.tsx';
import { cn } from '../../lib/cn.ts';
import { hrefOf } from '../../navigation/place.ts';
import { queries } from '../../rpc/queries.ts';
import { beginWith } from './begin-with.ts';

/** The assistants a new chat can begin with; a second press on the chosen one begins without. */
export function AssistantChoice({ chosenId }: { chosenId: string | null }) {
  const { t } = useTranslation('library');
  const assistants = useQuery(queries.library()).data?.assistants ?? [];
  if (assistants.length === 0) {
    return (
      <a href={hrefOf({ name: 'library' })} className="rounded text-sm text-accent underline-offset-2 hover:underline">
        {t('assistants.manage')}
      </a>
    );
  }
  return (
    <fieldset className="mt-3 flex max-w-xl flex-col items-center gap-2">
      <legend className="mx-auto mb-2 text-sm text-muted">{t('assistants.begin')}</legend>
      <div className="flex flex-wrap justify-center gap-1.5">
        {assistants.map((assistant) => {
          const isChosen = assistant.id === chosenId;
          return (
            <button
              key={assistant.id}
              type="button"
              aria-pressed={isChosen}
              className={cn(
                'flex h-9 max-w-56 items-center gap-2 rounded-lg border px-2 hover:bg-hover',
                isChosen && 'border-accent bg-accent-soft hover:bg-accent-soft',
              )}
              onClick={() => beginWith(isChosen ? null : assistant)}
            >
              <AssistantSymbol assistant={assistant} size="sm" />
              <span className="truncate">{assistant.name}</span>
            </button>
          );
        })}
      </div>
      <a href={hrefOf({ name: 'library' })} className="rounded text-sm text-accent underline-offset-2 hover:underline">
        {t('assistants.manage')}
      </a>
    </fieldset>
  );
}
