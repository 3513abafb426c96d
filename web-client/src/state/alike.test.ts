import { expect, it } from 'vitest'
import type { Incident } from '@/protocol/incidents'
import { alike, likeness } from './alike'

const NOW = Date.parse('2026-11-21T06:31:00Z')
const incident = (id: string, title: string, place: string, more: Partial<Incident> = {}): Incident => ({
  id, number: id, title, severity: 'yellow', state: 'handling', step: 'handling', overdue: false, source: 'operator', rooms: [], merged: 0, node: 'x', place, openedAt: '2026-11-21T06:00:00Z', version: 1, ...more,
})
const known = [
  incident('1', '挖掘机弄脏院子引起争吵', '长屿村88号'), incident('2', '集市打架', '长屿集市'), incident('3', '路面污染', '东海大道', { point: { latitude: 28.37, longitude: 121.36 } }), incident('4', '挖掘机弄脏院子', '长屿村88号', { state: 'closed' }),
]
const found = (title: string, place: string, point?: { latitude: number; longitude: number }): string => alike(known, { title, place, point }, NOW).map(({ incident: { id }, why }) => `${id}:${why.join('+')}`).join(' ')

it('what is written like an open one, or at its very place, is suggested with the reason', () => {
  expect(found('挖掘机弄脏了院子', '长屿村')).toBe('1:place+text')
  expect(found('噪音扰民', '长屿集市')).toBe('2:place')
  expect(found('噪音扰民', '箬横镇')).toBe('')
  expect(found('', '')).toBe('')
})

it('what lies near is suggested whatever it is called, and what is a day old is not', () => {
  expect(found('有东西撒了', '', { latitude: 28.371, longitude: 121.36 })).toBe('3:near')
  expect(found('有东西撒了', '', { latitude: 28.4, longitude: 121.36 })).toBe('')
  expect(alike(known, { title: '集市打架', place: '' }, NOW + 86_400_000)).toEqual([])
})

it('likeness needs two letters and counts their pairs', () => {
  expect([likeness('打', '打'), likeness('打架', '打架！'), likeness('Smoke alarm', 'smoke ALARMS') > 0.9]).toEqual([0, 1, true])
})
