import { FileText, Receipt as ReceiptIcon, RefreshCw } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveUsage, Message, Receipt } from '../../../shared/contract/chat.ts';
import { AmountTotalText } from '../../components/amount.tsx';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { useFormat } from '../../lib/format.ts';
import { openInspector } from '../../navigation/inspector-store.ts';
import { AnswerMenu } from './answer-menu.tsx';
import type { AskedOtherwise } from './asked-otherwise.ts';
import { figuresOf } from './answer-figures.ts';
import { CopyButton } from './copy-button.tsx';
import { SiblingSwitch } from './sibling-switch.tsx';

/** Joins what there is with dots. */
function Dotted({ parts }: { parts: readonly { key: string; node: ReactNode }[] }) {
  return parts.map(({ key, node }, index) => (
    <Fragment key={key}>
      {index > 0 && <span aria-hidden>·</span>}
      {node}
    </Fragment>
  ));
}

/** Tokens and money while the answer is written: counted here, hence marked. */
export function LiveFigures({ live }: { live: LiveUsage }) {
  const { t } = useTranslation('chat');
  const format = useFormat();
  return (
    <p className="flex flex-wrap items-center gap-x-1.5 text-sm text-muted tabular" aria-label={t('figures.live')}>
      <Dotted
        parts={[
          { key: 'in', node: <span>{t('figures.input', { formatted: format.count(live.inputTokens) })}</span> },
          { key: 'out', node: <span>{t('figures.output', { formatted: format.count(live.outputTokens) })}</span> },
          { key: 'amount', node: <AmountTotalText total={live.total} /> },
        ]}
      />
    </p>
  );
}

function Figures({ message }: { message: Message }) {
  const { t } = useTranslation(['chat', 'portable']);
  const format = useFormat();
  const subject = { conversationId: message.conversationId, messageId: message.id };
  const parts: { key: string; node: ReactNode }[] = [];
  if (message.modelLabel !== null) parts.push({ key: 'model', node: <span className="pl-1">{message.modelLabel}</span> });
  if (message.sources.length > 0) {
    parts.push({
      key: 'sources',
      node: (
        <button
          type="button"
          className="flex items-center gap-1 rounded px-1 hover:bg-hover hover:text-ink"
          onClick={() => openInspector(subject, 'sources')}
        >
          <FileText className="size-3.5" aria-hidden />
          {t('figures.sources', { count: message.sources.length })}
        </button>
      ),
    });
  }
  const { receipt } = message;
  if (receipt !== null) {
    const { inputTokens, cacheReadTokens, outputTokens, reasoningTokens, firstTokenMs } = figuresOf(receipt);
    const counted = (key: 'input' | 'cached' | 'output' | 'reasoning', count: number | null) => {
      if (count !== null) parts.push({ key, node: <span>{t(`figures.${key}`, { formatted: format.count(count) })}</span> });
    };
    counted('input', inputTokens);
    counted('cached', cacheReadTokens === 0 ? null : cacheReadTokens);
    counted('output', outputTokens);
    counted('reasoning', reasoningTokens === 0 ? null : reasoningTokens);
    if (firstTokenMs !== null) {
      const text = t('figures.firstToken', { time: format.duration(firstTokenMs) });
      parts.push({
        key: 'first',
        node: (
          <span title={text}>
            <span aria-hidden>{format.duration(firstTokenMs)}</span>
            <span className="sr-only">{text}</span>
          </span>
        ),
      });
    }
  }
  if (message.imported !== null) {
    const text = t(receipt === null ? 'portable:imported.notCounted' : 'portable:imported.elsewhere');
    parts.push({ key: 'imported', node: <span className="px-1">{text}</span> });
  }
  return <Dotted parts={parts} />;
}

/** The answer's cost, as the way to its receipt. */
function ReceiptButton({ message, receipt }: { message: Message; receipt: Receipt }) {
  const { t } = useTranslation('chat');
  return (
    <button
      type="button"
      className="mr-1 flex h-7 items-center gap-1.5 rounded-md px-1 font-medium hover:bg-hover"
      onClick={() => openInspector({ conversationId: message.conversationId, messageId: message.id }, 'receipt')}
    >
      <ReceiptIcon className="size-3.5 text-muted" aria-hidden />
      <span className="sr-only">{t('figures.openReceipt')}</span>
      <AmountTotalText total={receipt.total} />
    </button>
  );
}

interface AnswerFooterProps {
  message: Message;
  /** Undefined while another answer of the conversation is being written. */
  onRegenerate: ((otherwise?: AskedOtherwise) => void) | undefined;
  onShowSibling: (messageId: string) => void;
  onRemove: (message: Message) => void;
}

/** Under a finished answer: what it rests on, what it cost, and what can be done with it. */
export function AnswerFooter({ message, onRegenerate, onShowSibling, onRemove }: AnswerFooterProps) {
  const { t } = useTranslation('chat');
  return (
    <footer className="-mx-1 flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
      <div className="flex flex-wrap items-center gap-x-1.5 text-sm text-muted tabular">
        <Figures message={message} />
      </div>
      <div className="flex items-center">
        {message.receipt !== null && <ReceiptButton message={message} receipt={message.receipt} />}
        {message.comparedIds.length < 2 && <SiblingSwitch message={message} onShow={onShowSibling} />}
        {message.text !== '' && <CopyButton text={() => message.text} label={t('answer.copy')} />}
        {onRegenerate && (
          <IconButton size="sm" className="text-faint" label={t('answer.regenerate')} onClick={() => onRegenerate()}>
            <RefreshCw className="size-3.5" aria-hidden />
          </IconButton>
        )}
        {onRegenerate && <AnswerMenu message={message} onRegenerate={onRegenerate} onRemove={onRemove} />}
      </div>
    </footer>
  );
}
