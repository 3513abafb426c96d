import { describe, expect, it } from 'vitest'
import type { FigureLine, Shift } from '@/protocol/duty'
import { dayOf, handling, isSomething, mondayOf, oneDigit, percent, ranked, shiftsOn, step } from './figures'

const NOTHING: FigureLine = {
  received: 0, receivedClosed: 0, closed: 0, rated: 0, firstLimits: 0, limits: 0, late: 0, open: 0, overdue: 0, parts: 0, reports: 0, reportsAdded: 0, alarms: 0,
  alarmsAdded: 0, orderShares: 0, orderDone: 0,
}

describe('figures', () => {
  it('are a dash where there is nothing', () => {
    expect([percent(undefined), oneDigit(undefined), handling(undefined).key]).toEqual(['–', '–', 'none'])
    expect([percent(0), percent(1), oneDigit(0)]).toEqual(['0%', '100%', '0.0'])
  })

  it('do not round up to all', () => {
    expect([percent(0.98617), percent(0.9996), percent(0.0004)]).toEqual(['98.6%', '99.9%', '0%'])
  })

  it('tell times in units that say something', () => {
    expect(handling(0.4).key).toBe('less')
    expect(handling(59.4)).toEqual({ key: 'm', a: 59, b: 0 })
    expect(handling(59.6)).toEqual({ key: 'hm', a: 1, b: 0 })
    expect(handling(1441)).toEqual({ key: 'dh', a: 1, b: 0 })
    expect(handling(2940)).toEqual({ key: 'dh', a: 2, b: 1 })
  })

  it('step by the calendar', () => {
    expect(step('day', '2026-12-31', 1)).toBe('2027-01-01')
    expect(step('week', '2026-11-23', -1)).toBe('2026-11-16')
    expect([step('month', '2026-01-01', -1), step('month', '2026-01-31', 1)]).toEqual(['2025-12-01', '2026-02-01'])
    expect([mondayOf('2026-11-29'), mondayOf('2026-11-23')]).toEqual(['2026-11-23', '2026-11-23'])
    expect(dayOf(Date.parse('2026-11-28T16:30:00Z'), 'Asia/Shanghai')).toBe('2026-11-29')
  })

  it('rank parts and leave out empty ones', () => {
    const parts = ['a', 'b', 'c', 'd'].map((key, at) => ({ key, figures: { ...NOTHING, received: [1, 0, 3, 1][at]! } }))
    expect(ranked(parts).map(({ key }) => key)).toEqual(['c', 'a', 'd'])
    expect(isSomething({ ...NOTHING, open: 1 })).toBe(true)
  })
})

describe('a roster', () => {
  const at = (text: string): number => Date.parse(`${text}:00Z`)
  const shift = (id: string, from: string, until: string, post: Shift['post'] = 'coordination'): Shift => ({
    id, post, node: 'n', person: id, from: `${from}:00Z`, until: `${until}:00Z`, changedBy: '', changedAt: '', version: 0,
  })

  it('shows a night shift where it begins, and a week’s commander every day', () => {
    const all = [
      shift('night', '2026-11-30T20:00', '2026-12-01T08:00'), shift('day', '2026-11-30T08:00', '2026-11-30T20:00'), shift('other', '2026-11-30T08:00', '2026-11-30T20:00', 'analysis'),
      shift('week', '2026-11-29T00:00', '2026-12-06T00:00'),
    ]
    expect(shiftsOn(all, 'coordination', at('2026-11-30T00:00')).map(({ id }) => id)).toEqual(['week', 'day', 'night'])
    expect(shiftsOn(all, 'coordination', at('2026-12-01T00:00')).map(({ id }) => id)).toEqual(['week'])
  })
})
