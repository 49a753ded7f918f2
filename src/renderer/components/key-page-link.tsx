import { useTranslation } from 'react-i18next';
import type { Preset } from '../../shared/contract/providers.ts';

/** A link to the page where a service hands out its keys; nothing for those without one. */
export function KeyPageLink({ preset }: { preset: Preset }) {
  const { t } = useTranslation('settings');
  const url = preset.keyUrl === null ? null : URL.parse(preset.keyUrl);
  if (url === null) return null;
  return (
    <a href={url.href} target="_blank" rel="noreferrer" className="whitespace-nowrap text-accent underline underline-offset-2">
      {t('form.getKey', { host: url.host })}
    </a>
  );
}
