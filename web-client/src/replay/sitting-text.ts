import { t } from '@/i18n'
import type { TimelineEntry } from '@/protocol/incidents'

const KNOWN = ['Came', 'Left', 'Identified', 'Moved', 'Knocked', 'Admitted', 'TurnedAway', 'Locked', 'Unlocked', 'RecordAsked', 'RecordAgreed', 'RecordRefused', 'RecordStopped', 'RecordFailed', 'Wrote', 'ReadBack', 'Signed', 'Ended']

/** One step of a mediation in the person's language; who did it stands before it. */
export function sittingText({ kind, details = {} }: TimelineEntry): string {
  const say = (name: string): string => (typeof details[name] === 'string' ? details[name] : '')
  if (kind === 'tableConsent') return t(`replay.sitting.${say('subject') === 'recording' ? 'recording' : 'confidentiality'}${say('given') === 'true' ? 'Given' : 'Refused'}`)
  const name = kind.replace(/^table/, '')
  const room = say('room')
  const where = room === 'joint' || room === 'waiting' ? t(`replay.sitting.room.${room}`) : t('replay.sitting.room.private', { name: say('roomName') })
  const values = {
    people: say('people'),
    room: where,
    name: say('knockName'),
    text: say('text') ? t(`replay.sitting.text.${say('text')}`) : '',
    number: say('number'),
    outcome: say('outcome') ? t(`replay.sitting.outcome.${say('outcome').replace('notAgreed', 'not-agreed')}`) : '',
  }
  return t(`replay.sitting.did.${KNOWN.includes(name) ? name : 'Other'}`, values)
}
