import { locale, t } from '@/i18n'
import { clockText } from '@/ui/time'
import type { IncidentCase, TimelineEntry } from '@/protocol/incidents'

const KNOWN = [
  'opened', 'accept', 'return', 'dispatch', 'advance', 'back', 'attend', 'callback', 'extend', 'close', 'reopen', 'severity', 'merge', 'unmerge', 'note', 'order', 'orderStep', 'burst', 'evidence',
  'groupMade', 'groupClosed', 'invite', 'recall', 'ring', 'consult', 'consulted', 'confer', 'settle', 'expect', 'excuse', 'letter', 'reviewMarked', 'reviewUnmarked', 'recordingBegan', 'recordingEnded', 'recordingFailed', 'holdPut', 'holdReleased', 'incidentExported',
]
const SOURCES = ['operator', 'citizen', 'grid', 'device', '12345', '110', 'petition']
const HOW: Record<string, string> = { CALL: 'call', REFUSED: 'refused', NO_ANSWER: 'no-answer' }

const AWAY = ['declined', 'no-answer']
/** `a|b;c|d` as the journal has it. */
const parts = (text: string): string[][] => text.split(';').filter(Boolean).map((one) => one.split('|'))

export function sourceText(source: string): string {
  return SOURCES.includes(source) ? t(`source.${source}`) : t('source.other')
}

/** One entry of a time line in the person's language; what the server said itself stands behind it. */
export function lineText({ kind, text, details = {} }: TimelineEntry, found: Pick<IncidentCase, 'steps' | 'attendance' | 'rooms'>, placeName: (node: string) => string): string {
  const say = (name: string): string => (typeof details[name] === 'string' ? details[name] : '')
  const node = say('node')
  const nameOf = (id: string): string => found.rooms.find((room) => room.node === id)?.name ?? placeName(id)
  const values: Record<string, string> = {
    node: node ? nameOf(node) : '',
    nodes: say('nodes').split(' ').filter(Boolean).map(nameOf).join('、'),
    step: kind === 'orderStep' ? t(`step.${say('step')}`) : (found.steps.find(({ id }) => id === say('step'))?.name ?? say('step')),
    metres: say('metres'),
    item: say('item'),
    letter: say('letter') ? t(`meeting.letterName.${say('letter')}`) : '',
    name: found.attendance.find(({ who }) => who === say('who'))?.name ?? say('who'),
    how: HOW[say('how')] ? t(`case.how.${HOW[say('how')]}`) : '',
    level: say('severity') ? t(`severity.${say('severity').toLowerCase()}`) : '',
    source: sourceText(say('source').toLowerCase().replace(/^(hotline|police)_/, '')),
    kind: kind === 'evidence' ? t(say('type').startsWith('video/') ? 'case.video' : 'case.photo') : '',
    proof: say('sha256').slice(0, 8),
    meeting: kind.startsWith('consult') ? say('name') : '',
    people: kind === 'consult' ? say('members') : '',
    sat: parts(say('sat')).map(([who, from, until]) => `${who} ${clockText(from!, locale.value)}–${clockText(until!, locale.value)}`).join(t('case.did.and')) || t('case.did.nobody'),
    away: parts(say('away')).map(([who, how]) => (AWAY.includes(how!) ? t(`case.did.${how}`, { who: who! }) : who!)).join(t('case.did.and')) || t('case.did.nobody'),
    number: say('number'),
    seconds: String(Math.max(1, Math.round(Number(say('durationMs')) / 1000))),
  }
  // A room that only takes part goes on by ending its share.
  const name = kind === 'advance' && node ? 'share' : kind === 'recall' && say('cause') ? 'streamOver' : kind === 'attend' && say('metres') ? 'arrived' : kind === 'attend' && say('proof') === 'word' ? 'said' : kind === 'letter' && say('how') === 'sent' ? 'letterSent' : KNOWN.includes(kind) ? kind : 'other'
  const what = t(`case.did.${name}`, values)
  return text && kind !== 'attend' ? t('case.saying', { what, text }) : what
}
