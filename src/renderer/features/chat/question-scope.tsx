import { useTranslation } from 'react-i18next';
import type { SearchScope } from '../../../shared/contract/chat.ts';
import { placesIn, useScopePlaces } from './scope.ts';

/** What a question was limited to, under it. */
export function QuestionScope({ scope }: { scope: SearchScope }) {
  const { t } = useTranslation('composer');
  const places = useScopePlaces(true);
  if (places === null) return null;
  const names = placesIn(scope, places).map(({ name }) => name);
  const goneCount = scope.documentIds.length + scope.collectionIds.length - names.length;
  const shown = goneCount > 0 ? [...names, t('scope.gone', { count: goneCount })] : names;
  return (
    <p className="max-w-[85%] text-right text-xs wrap-anywhere text-faint">{t('scope.askedIn', { names: shown.join(t('scope.and')) })}</p>
  );
}
