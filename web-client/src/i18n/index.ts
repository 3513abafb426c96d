import { shallowRef, type ShallowRef } from 'vue'
import common from './zh/common'
import voice from './zh/voice'

export type LocaleName = 'zh-CN' | 'en'

interface Words { [key: string]: string | Words }
type Values = Record<string, string | number>

const KEY = 'maplebridge.locale'
const HOLES = /\{(\w+)\}/g

const known: Record<LocaleName, Map<string, string>> = { 'zh-CN': new Map(), en: new Map() }
/** Goes up when words are added, so that what is on the screen is said again. */
const additions = shallowRef(0)

export const locale: ShallowRef<LocaleName> = shallowRef('zh-CN')

learn('zh-CN', { ...common, ...voice })

/** The Chinese words of one screen come with its code. */
export function addWords(words: Words): void {
  learn('zh-CN', words)
}

/**
 * A sentence of the person's language. Sentences have `{name}` holes and nothing else: no plural
 * forms, no links, no HTML. A test keeps every key translated, used and there.
 */
export function t(key: string, values: Values = {}): string {
  void additions.value
  const sentence = known[locale.value].get(key) ?? known['zh-CN'].get(key) ?? key
  return sentence.replace(HOLES, (_, name: string) => String(values[name] ?? ''))
}

/** Chinese is part of the pages, English is fetched when somebody wants it. */
export async function setLocale(next: LocaleName): Promise<void> {
  if (next === 'en' && known.en.size === 0) learn('en', (await import('./en')).default)
  locale.value = next
  document.documentElement.lang = next
  try {
    localStorage.setItem(KEY, next)
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

function learn(language: LocaleName, words: Words, prefix = ''): void {
  for (const [name, value] of Object.entries(words)) {
    if (typeof value === 'string') known[language].set(prefix + name, value)
    else learn(language, value, `${prefix}${name}.`)
  }
  if (prefix === '') additions.value++
}
