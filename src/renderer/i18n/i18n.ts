import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en, ja } from './resources.ts';

const i18n = createInstance();

export type Locale = 'en' | 'ja';

/** The language to show for a setting: itself, or for `system` the first of the browser's that Tally speaks. */
export function resolveLocale(setting: 'system' | Locale, languages: readonly string[] = navigator.languages): Locale {
  if (setting !== 'system') return setting;
  for (const language of languages) {
    if (language.startsWith('ja')) return 'ja';
    if (language.startsWith('en')) return 'en';
  }
  return 'en';
}

/** Loads the texts and shows the given language. Call once, before the first render. */
export async function initI18n(locale: Locale): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: locale,
    fallbackLng: 'en',
    defaultNS: 'common',
    resources: { en, ja },
    // React escapes what it renders.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = locale;
}

/** Switches the language in place. */
export async function showLocale(locale: Locale): Promise<void> {
  if (i18n.language === locale) return;
  await i18n.changeLanguage(locale);
  document.documentElement.lang = locale;
}
