import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../components/ui/icon-button.tsx';

/** How long the tick stays. */
const tickMs = 1_500;

/** Copies a text and says so. */
export function CopyButton({ text, label }: { text: () => string; label: string }) {
  const { t } = useTranslation('common');
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setIsCopied(false), tickMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <IconButton
      size="sm"
      className="text-faint"
      label={isCopied ? t('copied') : label}
      onClick={() => void navigator.clipboard.writeText(text()).then(() => setIsCopied(true))}
    >
      {isCopied ? <Check className="size-3.5 text-ok" aria-hidden /> : <Copy className="size-3.5" aria-hidden />}
    </IconButton>
  );
}
