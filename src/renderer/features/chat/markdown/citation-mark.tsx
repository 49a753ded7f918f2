import { useTranslation } from 'react-i18next';
import { Tooltip } from '../../../components/ui/tooltip.tsx';
import { useCitations } from './citation-context.ts';

/** What is shown of a passage at most, in UTF-16 code units; the lines there are room for cut it further. */
const hintChars = 400;

/** A `[n]` of an answer: opens its passage, or says that no such passage was given. */
export function CitationMark({ ordinal }: { ordinal: number }) {
  const { t } = useTranslation('chat');
  const { sources, onOpen } = useCitations();
  const source = sources.find((known) => known.ordinal === ordinal);
  // Without documents there is nothing to cite, so `[1]` means something else.
  if (sources.length === 0) return `[${String(ordinal)}]`;
  if (source === undefined) {
    return (
      <Tooltip content={t('citation.notGiven')}>
        <button type="button" className="citation citation-unknown" aria-label={t('citation.notGivenName', { ordinal })} aria-disabled>
          {ordinal}?
        </button>
      </Tooltip>
    );
  }
  const place = source.page === null ? source.documentName : t('source.namePage', { name: source.documentName, page: source.page });
  return (
    <Tooltip content={<SourceHint place={place} text={source.text} />}>
      <button type="button" className="citation" aria-label={t('citation.open', { ordinal, place })} onClick={() => onOpen(ordinal)}>
        {ordinal}
      </button>
    </Tooltip>
  );
}

/** Where a passage stands and how it begins. */
function SourceHint({ place, text }: { place: string; text: string }) {
  return (
    <span className="flex flex-col gap-1">
      <span className="font-medium wrap-anywhere">{place}</span>
      <span className="line-clamp-4 text-xs wrap-anywhere opacity-85">{text.slice(0, hintChars).replaceAll(/\s+/gu, ' ').trim()}</span>
    </span>
  );
}
