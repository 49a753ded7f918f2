import { Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { Receipt, Source } from '../../../shared/contract/chat.ts';
import { AmountTotalText, ExactShare } from '../../components/amount.tsx';
import { Button } from '../../components/ui/button.tsx';
import { useFormat } from '../../lib/format.ts';
import { ReceiptCall } from './receipt-call.tsx';
import { receiptJson, receiptText } from './receipt-text.ts';

interface ReceiptPanelProps {
  receipt: Receipt | null;
  /** The passages the answer was given, for their names. */
  sources: readonly Source[];
  /** It came with an import: its calls are not of this profile. */
  isImported: boolean;
}

/** Every call behind an answer, part by part: tokens, rates and money, adding up to the total. */
export function ReceiptPanel({ receipt, sources, isImported }: ReceiptPanelProps) {
  const { t } = useTranslation(['receipt', 'portable']);
  if (receipt === null) return <p className="p-4 text-muted">{t(isImported ? 'portable:imported.noReceipt' : 'notYet')}</p>;
  return (
    <div className="flex flex-col px-4 pt-3 pb-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h3 className="font-medium">{t('total')}</h3>
        <span className="flex items-baseline gap-2">
          <ExactShare total={receipt.total} className="text-sm text-muted" />
          <AmountTotalText total={receipt.total} full className="text-lg font-semibold" />
        </span>
      </div>
      {isImported && <p className="text-sm text-pretty text-muted">{t('portable:imported.receipt')}</p>}
      {receipt.calls.map((call) => (
        <ReceiptCall key={call.id} call={call} parts={receipt.requestParts} sources={sources} />
      ))}
      <CopyReceipt receipt={receipt} sources={sources} />
    </div>
  );
}

function CopyReceipt({ receipt, sources }: { receipt: Receipt; sources: readonly Source[] }) {
  const { t, i18n } = useTranslation(['receipt', 'common']);
  const { t: common } = useTranslation('common');
  const format = useFormat();
  function copy(text: string): void {
    void navigator.clipboard.writeText(text).then(() => toast.success(t('common:copied')));
  }
  return (
    <div className="mt-3 flex flex-wrap gap-2 border-t pt-3">
      <Button size="sm" onClick={() => copy(receiptText(receipt, sources, { t, common, locale: i18n.language, format }))}>
        <Copy className="size-3.5" aria-hidden />
        {t('copyText')}
      </Button>
      <Button size="sm" onClick={() => copy(receiptJson(receipt))}>
        <Copy className="size-3.5" aria-hidden />
        {t('copyJson')}
      </Button>
    </div>
  );
}
