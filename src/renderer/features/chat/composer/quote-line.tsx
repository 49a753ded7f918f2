import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { addTotals } from '../../../../shared/amount.ts';
import type { ModelRef, SearchScope } from '../../../../shared/contract/chat.ts';
import type { AttachedImage } from '../../../../shared/contract/images.ts';
import type { ModelParameters } from '../../../../shared/contract/parameters.ts';
import type { Quote } from '../../../../shared/contract/quote.ts';
import { AmountText, AmountTotalText, RateText } from '../../../components/amount.tsx';
import { Popover } from '../../../components/ui/popover.tsx';
import { queries } from '../../../rpc/queries.ts';
import { newConversationKey } from '../choice-store.ts';
import type { ChatChoices } from '../use-chat-choices.ts';
import { QuoteParts } from './quote-parts.tsx';
import { useRestedText } from './use-rested-text.ts';
import { WindowShare } from './window-bar.tsx';

interface QuoteLineProps {
  /** What has been typed. */
  text: string;
  /** What the question is limited to. */
  scope: SearchScope | null;
  images: readonly AttachedImage[];
  parentId: string | null;
  choices: ChatChoices;
  /** An answer is being written; what comes after it cannot be told yet. */
  isRunning: boolean;
}

/** Under the composer: what sending this would cost, and how much of the model's window it takes. */
export function QuoteLine({ text, scope, images, parentId, choices, isRunning }: QuoteLineProps) {
  const rested = useRestedText(text.trim());
  const { model, compareWith, conversationKey, collectionIds, parameters, systemPrompt } = choices;
  return (
    <div className="mt-1 flex h-6 items-center">
      {model !== null && (
        <QuotedSend
          text={rested}
          conversationId={conversationKey === newConversationKey ? null : conversationKey}
          parentId={parentId}
          providerId={model.providerId}
          modelId={model.modelId}
          collections={collectionIds.join(' ')}
          scope={scope === null ? '' : JSON.stringify(scope)}
          images={images.length === 0 ? '' : JSON.stringify(images)}
          parameters={JSON.stringify(parameters)}
          systemPrompt={systemPrompt}
          compareWith={compareWith}
          isRunning={isRunning}
        />
      )}
    </div>
  );
}

interface QuotedSendProps extends ModelRef {
  text: string;
  conversationId: string | null;
  parentId: string | null;
  /** Ids, with spaces between: a text, so that this is drawn again only when they change. */
  collections: string;
  /** As JSON, for the same reason; empty: none. */
  scope: string;
  /** As JSON too; empty: none. */
  images: string;
  /** As JSON too. */
  parameters: string;
  systemPrompt: string;
  compareWith: ModelRef | null;
  isRunning: boolean;
}

/** Not drawn again while someone types: only when the typing rests, and when the quote comes. */
const QuotedSend = memo(function QuotedSend({
  text,
  conversationId,
  parentId,
  providerId,
  modelId,
  collections,
  scope,
  images,
  parameters,
  systemPrompt,
  compareWith,
  isRunning,
}: QuotedSendProps) {
  const { t } = useTranslation('quote');
  const collectionIds = collections === '' ? [] : collections.split(' ');
  // Written by `QuoteLine` from AttachedImages.
  const attached = images === '' ? [] : (JSON.parse(images) as AttachedImage[]);
  const request = {
    text,
    conversationId,
    parentId,
    model: { providerId, modelId },
    collectionIds,
    scope: parseScope(scope),
    images: attached,
    // Written by `QuoteLine` from ModelParameters.
    parameters: JSON.parse(parameters) as ModelParameters,
    systemPrompt,
  };
  const { data } = useQuery({
    ...queries.quote(request),
    // The last value stays while the next one is counted; nobody comes back to an older one.
    placeholderData: keepPreviousData,
    gcTime: 0,
    enabled: !isRunning,
  });
  const { data: beside } = useQuery({
    ...queries.quote({ ...request, model: compareWith ?? request.model }),
    placeholderData: keepPreviousData,
    gcTime: 0,
    enabled: !isRunning && compareWith !== null,
  });
  if (data === undefined) return null;
  const isEmpty = text === '' && attached.length === 0;
  if (isEmpty && !data.parts.some(({ kind }) => kind === 'history')) return null;
  return (
    <Popover
      label={t(isEmpty ? 'titleEmpty' : 'title')}
      side="top"
      align="end"
      className="w-[min(26rem,calc(100vw-1rem))] max-w-none"
      trigger={
        <button
          type="button"
          className="flex h-6 w-full items-center justify-between gap-3 rounded-md px-2 text-xs text-faint hover:bg-hover hover:text-muted"
        >
          <span className="truncate">
            {!isEmpty && !isRunning && <SendCost quote={data} beside={compareWith === null ? undefined : beside} />}
          </span>
          <WindowShare quote={data} />
        </button>
      }
    >
      <QuoteParts quote={data} isEmpty={isEmpty} imageCount={attached.length} />
    </Popover>
  );
});

/** Written by `QuoteLine` from a SearchScope. */
function parseScope(json: string): SearchScope | null {
  return json === '' ? null : (JSON.parse(json) as SearchScope);
}

/** `beside`: the quote for the second model that is asked. */
function SendCost({ quote, beside }: { quote: Quote; beside: Quote | undefined }) {
  const { t } = useTranslation('quote');
  if (beside !== undefined) {
    return (
      <>
        {t('send')} <AmountTotalText total={addTotals(quote.total, beside.total)} className="text-muted" />
      </>
    );
  }
  return (
    <>
      {t('send')} <AmountTotalText total={quote.total} className="text-muted" />
      <AnswerCost quote={quote} />
    </>
  );
}

/** What comes on top: the most the answer can cost where it has a limit, else its rate. */
function AnswerCost({ quote: { answerLimit, outputPerMillion } }: { quote: Quote }) {
  const { t } = useTranslation('quote');
  if (answerLimit === null && outputPerMillion === null) return null;
  return (
    <span className="max-sm:sr-only">
      {' · '}
      {answerLimit === null ? t('thenAnswer') : t('answerUpTo')}{' '}
      {answerLimit === null ? <RateText usdPerMillion={outputPerMillion} /> : <AmountText amount={answerLimit.amount} />}
    </span>
  );
}
