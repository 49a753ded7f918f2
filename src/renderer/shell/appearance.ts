import type { SettingsValues } from '../../shared/contract/settings.ts';
import { resolveLocale, showLocale, type Locale } from '../i18n/i18n.ts';

type ThemeSetting = SettingsValues['theme'];
type LocaleSetting = SettingsValues['locale'];

/** Sizes of the page's text one can choose, in CSS pixels; the middle one is the usual one. */
export const fontSizes = [12, 13, 14, 15, 16, 18, 20] as const;
/** What sizes are drawn for: 14 px is written as 0.875 rem. */
const drawnForPx = 14;

/** What the page looks like before the core has answered. */
export interface Appearance {
  readonly theme: ThemeSetting;
  readonly locale: Locale;
  readonly fontSizePx: number;
}

const themeKey = 'tally.theme';
const localeKey = 'tally.locale';
const fontSizeKey = 'tally.fontSize';

/** The look of the last time, so that nothing flashes at the start. */
export function rememberedAppearance(): Appearance {
  const theme = localStorage.getItem(themeKey);
  const locale = localStorage.getItem(localeKey);
  const fontSizePx = Number(localStorage.getItem(fontSizeKey));
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    locale: resolveLocale(locale === 'en' || locale === 'ja' ? locale : 'system'),
    fontSizePx: fontSizes.find((size) => size === fontSizePx) ?? drawnForPx,
  };
}

/** Shows a theme (`system` leaves it to the operating system) and a size of text, which everything measured in rem follows. */
export function applyAppearance({ theme, fontSizePx }: Pick<Appearance, 'theme' | 'fontSizePx'>): void {
  // In percent, so that the browser's own setting still counts.
  document.documentElement.style.fontSize = `${String((fontSizePx / drawnForPx) * 100)}%`;
  const { dataset } = document.documentElement;
  if (dataset['theme'] === (theme === 'system' ? undefined : theme)) return;
  switchAtOnce(() => {
    if (theme === 'system') delete dataset['theme'];
    else dataset['theme'] = theme;
  });
}

/** Changes the theme with the operating system's at once, too, where that is what is shown. Does so for as long as the page lives. */
export function followSystemTheme(): void {
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => switchAtOnce(() => undefined));
}

/** All colours at once: surfaces that fade and texts that do not are hard to read on each other. */
function switchAtOnce(change: () => void): void {
  const { dataset } = document.documentElement;
  dataset['switching'] = '';
  change();
  // Every element takes its new colours now, while none of them fades.
  document.documentElement.getBoundingClientRect();
  delete dataset['switching'];
}

/** Shows what the settings say and remembers it for the next start. */
export async function followSettings(settings: {
  readonly theme: ThemeSetting;
  readonly locale: LocaleSetting;
  readonly fontSizePx: number;
}): Promise<void> {
  localStorage.setItem(themeKey, settings.theme);
  localStorage.setItem(localeKey, settings.locale);
  localStorage.setItem(fontSizeKey, String(settings.fontSizePx));
  applyAppearance(settings);
  await showLocale(resolveLocale(settings.locale));
}

/** The theme that is not shown now. */
export function oppositeTheme(setting: ThemeSetting): 'light' | 'dark' {
  const isDark = setting === 'dark' || (setting === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  return isDark ? 'light' : 'dark';
}
