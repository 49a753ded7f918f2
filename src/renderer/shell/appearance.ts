import type { SettingsValues } from '../../shared/contract/settings.ts';
import { resolveLocale, showLocale, type Locale } from '../i18n/i18n.ts';

type ThemeSetting = SettingsValues['theme'];
type LocaleSetting = SettingsValues['locale'];

/** What the page looks like before the core has answered. */
export interface Appearance {
  readonly theme: ThemeSetting;
  readonly locale: Locale;
}

const themeKey = 'tally.theme';
const localeKey = 'tally.locale';

/** The look of the last time, so that nothing flashes at the start. */
export function rememberedAppearance(): Appearance {
  const theme = localStorage.getItem(themeKey);
  const locale = localStorage.getItem(localeKey);
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    locale: resolveLocale(locale === 'en' || locale === 'ja' ? locale : 'system'),
  };
}

/** Shows a theme; `system` leaves it to the operating system. */
export function applyAppearance({ theme }: Pick<Appearance, 'theme'>): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

/** Shows what the settings say and remembers it for the next start. */
export async function followSettings(settings: { readonly theme: ThemeSetting; readonly locale: LocaleSetting }): Promise<void> {
  localStorage.setItem(themeKey, settings.theme);
  localStorage.setItem(localeKey, settings.locale);
  applyAppearance(settings);
  await showLocale(resolveLocale(settings.locale));
}

/** The theme that is not shown now. */
export function oppositeTheme(setting: ThemeSetting): 'light' | 'dark' {
  const isDark = setting === 'dark' || (setting === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  return isDark ? 'light' : 'dark';
}
