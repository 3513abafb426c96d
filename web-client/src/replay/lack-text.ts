import { t } from '@/i18n'

/** What the server calls it, and what stands on the page. Behind `true` the same may go well in a while. */
const LACKS: Readonly<Record<string, readonly [word: string, passing: boolean]>> = {
  'store-away': ['storeAway', true],
  'holder-away': ['holderAway', true],
  'held-elsewhere': ['holderAway', true],
  'no-room': ['noRoom', true],
  'not-in-store': ['gone', false],
  damaged: ['damaged', false],
  'too-many': ['busy', true],
  slow: ['busy', true],
  offline: ['offline', true],
  'record-unavailable': ['offline', true],
}

/** Why a piece cannot be seen, and what to do. */
export function lackText(reason: string, node?: string): string {
  const word = LACKS[reason]?.[0]
  if (word === undefined) return t('replay.piece.failed')
  return t(`replay.lack.${word}`, { node: hostOf(node) })
}

export function isPassing(reason: string): boolean {
  return LACKS[reason]?.[1] ?? false
}

function hostOf(address: string | undefined): string {
  return address === undefined ? '?' : address.replace(/^https?:\/\//, '')
}
