import { t } from '@/i18n'
import type { Named } from '@/protocol/incidents'

const SOURCES = ['operator', 'citizen', 'grid', 'alarm', 'device', 'terminal', '12345', '110', 'petition', 'demo']
const CODES = [
  'version-conflict', 'callback-required', 'reporter-may-not-close', 'overdue-reason-required', 'evidence-required', 'step-not-allowed', 'village-session-required', 'not-allowed', 'not-visible',
]

/** A name that came from the server in both languages, in the person's. */
export function nameText(name: Named, locale: string): string {
  return typeof name === 'string' ? name : locale === 'en' ? name.en : name.zh
}

export function sourceText(source: string): string {
  return SOURCES.includes(source) ? t(`source.${source}`) : t('source.other')
}

/** Why an act is refused, or its gate shut; `other` knows what is not an incident's own. */
export function shutText(code: string, other: (code: string) => string): string {
  return CODES.includes(code) ? t(`case.shut.${code}`) : other(code)
}
