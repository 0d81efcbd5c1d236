/**
 * Texts of the app in its languages. A feature keeps its own beside its pages; a language that lacks a key does not
 * compile. `{{name}}` is filled in; `key_one` and `key_other` are chosen by `count`. Source: i18next.
 */
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';

/** Languages that the app speaks. */
export const LOCALES = ['en', 'pt-BR'] as const;

/** One of them. */
export type Locale = (typeof LOCALES)[number];

/** Texts of a feature: the name under which they are kept, and the keys. */
export interface Texts<K extends string> {
  readonly name: string;
  readonly en: Readonly<Record<K, string>>;
}

const KEPT_AS = 'jornada-language';

void i18next.use(initReactI18next).init({
  lng: chosen(),
  fallbackLng: 'en',
  resources: {},
  ns: [],
  // React shows texts as texts: nothing in them is taken for a tag.
  interpolation: { escapeValue: false },
  showSupportNotice: false,
} as never);

/** Declares the texts of a feature. */
export function defineTexts<const T extends Readonly<Record<string, string>>>(
  name: string,
  en: T,
  ptBr: Readonly<Record<keyof T, string>>,
): Texts<Extract<keyof T, string>> {
  i18next.addResourceBundle('en', name, en);
  i18next.addResourceBundle('pt-BR', name, ptBr);
  return { name, en };
}

/** Names for `t`: a key with forms is asked for without its form. */
type Key<K extends string> = K extends `${infer Stem}_${'one' | 'other'}` ? Stem : K;

/** Says a text of a feature. */
export type Say<K extends string> = (
  key: Key<K>,
  facts?: Readonly<Record<string, string | number>>,
) => string;

/** The texts of a feature in the language of whoever reads. */
export function useTexts<K extends string>({ name }: Texts<K>): Say<K> {
  const { t } = useTranslation(name);
  return t as unknown as Say<K>;
}

/** The language that is spoken now, for what no component asks. */
export const spokenLocale = (): Locale => (i18next.language === 'pt-BR' ? 'pt-BR' : 'en');

/** The language of whoever reads. */
export function useLocale(): Locale {
  const { i18n } = useTranslation();
  return i18n.language === 'pt-BR' ? 'pt-BR' : 'en';
}

/** Chosen on this machine; else what the page was sent in. The page says which, for whoever has it read aloud. */
function chosen(): Locale {
  const kept = localStorage.getItem(KEPT_AS);
  const wish = kept ?? document.documentElement.lang;
  const locale = wish === 'pt-BR' ? 'pt-BR' : 'en';
  document.documentElement.lang = locale;
  return locale;
}

/** Speaks another language from now on, on this machine. */
export async function speak(locale: Locale): Promise<void> {
  localStorage.setItem(KEPT_AS, locale);
  document.documentElement.lang = locale;
  await i18next.changeLanguage(locale);
}

/** Takes the language of somebody who signed in, unless another was chosen on this machine. */
export async function speakAs(locale: Locale): Promise<void> {
  if (localStorage.getItem(KEPT_AS) !== null) return;
  document.documentElement.lang = locale;
  await i18next.changeLanguage(locale);
}
