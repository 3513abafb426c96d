import { t } from '@/i18n'
import { clockText } from '@/ui/time'
import type { Conflict } from './case-desk'

const CODES = [
  'version-conflict', 'callback-required', 'reporter-may-not-close', 'overdue-reason-required', 'evidence-required', 'step-not-allowed', 'village-session-required', 'joint-session-required', 'not-proved', 'not-on-list', 'not-live', 'not-allowed', 'not-visible', 'offline',
]

/** That somebody else was first: who, and when. */
export function conflictText({ action, who, at }: Conflict, locale: string): string {
  const what = t(`case.do.${action}`)
  return who && at ? t('case.conflict', { what, who, at: clockText(at, locale, true) }) : t('case.conflictUnknown', { what })
}

/** Why an act is refused, or its gate shut; `other` knows what is not an incident's own. */
export function shutText(code: string, other: (code: string) => string): string {
  return CODES.includes(code) ? t(`case.shut.${code}`) : other(code)
}
