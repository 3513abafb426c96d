import { createI18n } from 'vue-i18n'
import { compileMessage } from './compile'
import zhCN from './zh-CN'

export type LocaleName = 'zh-CN' | 'en'
export type Words = typeof zhCN

const KEY = 'maplebridge.locale'

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zhCN } as Record<string, Words>,
  messageCompiler: compileMessage,
  missingWarn: false,
  fallbackWarn: false,
})

/** Chinese is part of the page, English is fetched when somebody wants it. */
export async function setLocale(locale: LocaleName): Promise<void> {
  if (locale === 'en' && !i18n.global.availableLocales.includes('en')) {
    i18n.global.setLocaleMessage('en', (await import('./en')).default as Words)
  }
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
  try {
    localStorage.setItem(KEY, locale)
  } catch {
    // a private window: the choice lasts as long as the page
  }
}

/** The person's own choice on this device, else Chinese unless the browser speaks no Chinese at all. */
export function firstLocale(): LocaleName {
  let chosen: string | null = null
  try {
    chosen = localStorage.getItem(KEY)
  } catch {
    // see above
  }
  if (chosen === 'en' || chosen === 'zh-CN') return chosen
  const spoken = navigator.languages ?? [navigator.language]
  return spoken.some((language) => language.toLowerCase().startsWith('zh')) ? 'zh-CN' : 'en'
}
