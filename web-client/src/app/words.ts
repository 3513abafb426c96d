import { locale, t } from '@/i18n'
import type { Notice } from '@/session/wiring'

const CODES = [
  'malformed', 'unknown-type', 'too-large', 'too-many', 'not-allowed', 'not-visible', 'not-a-member', 'not-live', 'offline',
  'no-media', 'node-lost', 'no-gateway', 'not-allowed-to-cross', 'no-slot', 'busy', 'overloaded', 'not-ringing', 'order-conflict', 'step-not-allowed', 'reason-required', 'nothing-said', 'record-unavailable', 'internal',
]

/** Turns codes of the protocol into sentences of the person's language. */
export function useWords() {
  function refusal(code: string): string {
    if (code.startsWith('sdp-')) return t('refusal.sdp', { code })
    return CODES.includes(code) ? t(`refusal.${code}`) : t('refusal.other', { code })
  }

  function notice({ key, values }: Notice): string {
    if (key !== 'notice.failed' && key !== 'notice.offline') return t(key, values)
    return t(key, { what: t(`what.${values.what}`), why: values.code ? refusal(values.code) : '' })
  }

  return { t, locale, refusal, notice }
}
