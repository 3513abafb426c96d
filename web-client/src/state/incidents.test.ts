import { expect, it } from 'vitest'
import type { Incident } from '@/protocol/incidents'
import { awaitsUs, isOverdue, queue, withList, withNews, type IncidentFilter } from './incidents'

const NOW = Date.parse('2026-11-21T06:31:00Z')
const incident = (id: string, severity: Incident['severity'], minute: number, more: Partial<Incident> = {}): Incident => ({
  id, number: `2026-${id}`, title: `集市打架${id}`, severity, state: 'handling', step: 'handling', overdue: false, source: 'operator', rooms: [], merged: 0, node: 'x', place: '长屿村',
  openedAt: `2026-11-21T06:${String(minute).padStart(2, '0')}:00Z`, version: 1, ...more,
})
const all = [
  incident('1', 'yellow', 10), incident('2', 'red', 30), incident('3', 'red', 20), incident('4', 'orange', 5, { title: 'Smoke alarm' }), incident('5', 'red', 1, { state: 'closed' }), incident('6', 'yellow', 40, { closedAt: '2026-11-21T07:00:00Z' }),
]
const ids = (found: readonly Incident[]): string => found.map(({ id }) => id).join('')
const found = (words: string, filter: IncidentFilter, incidents = all): string => ids(queue(incidents, { words, filter, room: 'y', now: NOW }))

it('the queue has the most severe first, then who waits longest, and what is closed last', () => {
  expect(found('', 'open')).toBe('3241')
  expect(found('', 'red')).toBe('32')
  expect(found('', 'all')).toBe('324165')
})

it('the queue is searched by number, title and place, whatever the case', () => {
  expect(found('smoke ALARM', 'open')).toBe('4')
  expect(found('长屿 2026-1', 'open')).toBe('1')
  expect(found('没有', 'all')).toBe('')
})

it('a room’s own are those of its place and those it was given, until it has given them back', () => {
  const offered = { node: 'y', role: 'joint', state: 'offered', offeredAt: '2026-11-21T06:20:00Z' } as const
  const dual = [incident('1', 'yellow', 10), incident('2', 'red', 10, { rooms: [offered] }), incident('3', 'red', 20, { rooms: [{ ...offered, state: 'returned' }] }), incident('4', 'yellow', 30, { node: 'y' })]
  expect(found('', 'mine', dual)).toBe('24')
  expect([awaitsUs(dual[1]!, 'y'), awaitsUs(dual[1]!, 'x'), awaitsUs(dual[2]!, 'y')]).toEqual([true, false, false])
})

it('an incident is overdue when the server says so or its time has passed, and never when it is closed', () => {
  const due = (more: Partial<Incident>): boolean => isOverdue(incident('1', 'red', 10, more), NOW)
  expect([due({}), due({ overdue: true }), due({ stepDue: '2026-11-21T06:30:59Z' }), due({ stepDue: '2026-11-21T06:31:01Z' }), due({ overdue: true, state: 'closed' })]).toEqual([false, true, true, false, false])
  expect(found('', 'overdue', [...all, incident('7', 'red', 2, { stepDue: '2026-11-21T06:30:00Z' })])).toBe('7')
})

it('news change what is known and keep what they do not say; old news change nothing', () => {
  const point = { latitude: 28.37, longitude: 121.36 }
  const known = [incident('1', 'yellow', 10, { version: 3, point, stepDue: '2026-11-21T06:40:00Z' })]
  const changed = withNews(known, { ...incident('1', 'red', 10), version: 4 })
  expect(changed[0]).toMatchObject({ severity: 'red', version: 4, point })
  expect(changed[0]!.stepDue).toBeUndefined()
  expect(withNews(changed, { ...incident('1', 'orange', 10), version: 4 })).toBe(changed)
  expect(ids(withNews(changed, incident('2', 'red', 11)))).toBe('21')
  expect(withNews([], incident('2', 'red', 11, { point }))[0]).toMatchObject({ point })
})

it('a list that was on its way does not undo what was heard meanwhile', () => {
  const known = [incident('9', 'red', 31), incident('1', 'red', 10, { version: 5 }), incident('2', 'red', 10)]
  const listed = [incident('1', 'yellow', 10, { version: 4, point: { latitude: 1, longitude: 2 } })]
  const merged = withList(known, listed, new Set(['9']))
  expect(ids(merged)).toBe('91')
  expect(merged[1]).toMatchObject({ severity: 'red', version: 5, point: { latitude: 1 } })
})
