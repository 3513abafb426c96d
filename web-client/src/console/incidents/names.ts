import { t } from '@/i18n'

const SOURCES = ['operator', 'citizen', 'grid', 'device', '12345', '110', 'petition']
const CODES = [
  'version-conflict', 'callback-required', 'reporter-may-not-close', 'overdue-reason-required', 'evidence-required', 'step-not-allowed', 'village-session-required', 'not-allowed', 'not-visible',
]

export function sourceText(source: string): string {
  return SOURCES.includes(source) ? t(`source.${source}`) : t('source.other')
}

/** Why an act is refused, or its gate shut; `other` knows what is not an incident's own. */
export function shutText(code: string, other: (code: string) => string): string {
  return CODES.includes(code) ? t(`case.shut.${code}`) : other(code)
}
