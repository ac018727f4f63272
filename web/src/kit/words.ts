import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'

export type Language = 'zh' | 'en'

const STORED = 'yilu.language'

function firstLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(STORED)
  if (asked === 'zh' || asked === 'en') return asked
  return navigator.language.toLowerCase().startsWith('zh') || !navigator.language ? 'zh' : 'en'
}

void i18next.use(initReactI18next).init({
  lng: firstLanguage(),
  fallbackLng: 'zh',
  resources: {},
  interpolation: { escapeValue: false }, // React escapes
  returnNull: false,
})

export function setLanguage(language: Language): void {
  localStorage.setItem(STORED, language)
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  void i18next.changeLanguage(language)
}
document.documentElement.lang = i18next.language === 'zh' ? 'zh-CN' : 'en'

export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return i18n.language === 'en' ? 'en' : 'zh'
}

/** Something with words in both languages: a title of a declaration, a problem. */
export const said = (words: { readonly zh: string; readonly en: string } | undefined, language: Language): string =>
  words ? words[language] || words.zh : ''

/** Between what is named and what it is. */
export const colon = (language: Language): string => (language === 'zh' ? '：' : ': ')

type Values = Readonly<Record<string, string | number>>

/**
 * The words of one screen, in both languages, under a name of its own. Returns the hook that says them:
 * `const say = useWords(); say('saved', { n: 3 })` for `saved: '已保存{{n}}条'`.
 */
export function wordsOf<const W extends Readonly<Record<string, string>>>(
  name: string,
  words: { readonly zh: W; readonly en: Readonly<Record<keyof W, string>> },
) {
  i18next.addResourceBundle('zh', name, words.zh)
  i18next.addResourceBundle('en', name, words.en)
  return function useWords(): (key: keyof W & string, values?: Values) => string {
    const { t } = useTranslation(name)
    return (key, values) => String(t(key as string, { ...values }))
  }
}
