import { expect, it } from 'vitest'
import type { Incident } from '@/protocol/incidents'
import { queue } from './incidents'

const incident = (id: string, severity: Incident['severity'], minute: number, more: Partial<Incident> = {}): Incident => ({
  id, number: `2026-${id}`, title: `集市打架${id}`, severity, state: 'handling', node: 'x', place: '长屿村', openedAt: `2026-11-21T06:${String(minute).padStart(2, '0')}:00Z`, version: 1, ...more,
})
const all = [
  incident('1', 'yellow', 10), incident('2', 'red', 30), incident('3', 'red', 20), incident('4', 'orange', 5, { title: 'Smoke alarm' }), incident('5', 'red', 1, { state: 'closed' }), incident('6', 'yellow', 40, { closedAt: '2026-11-21T07:00:00Z' }),
]
const ids = (found: Incident[]): string => found.map(({ id }) => id).join('')

it('the queue has the most severe first, then who waits longest, and what is closed last', () => {
  expect(ids(queue(all, '', 'open'))).toBe('3241')
  expect(ids(queue(all, '', 'red'))).toBe('32')
  expect(ids(queue(all, '', 'all'))).toBe('324165')
})

it('the queue is searched by number, title and place, whatever the case', () => {
  expect(ids(queue(all, 'smoke ALARM', 'open'))).toBe('4')
  expect(ids(queue(all, '长屿 2026-1', 'open'))).toBe('1')
  expect(queue(all, '没有', 'all')).toEqual([])
})
