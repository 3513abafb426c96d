import { describe, expect, it } from 'vitest'
import type { Incident } from '@/protocol/incidents'
import { budgeted } from './alarm-budget'

const NOON = Date.parse('2026-11-29T04:00:00Z')
const alarm = (id: number, seconds: number, more: Partial<Incident> = {}): Incident => ({
  id: String(id).padStart(4, '0'), number: '', title: '', severity: 'yellow', state: 'received', node: 'daxi', place: '', step: 'received', overdue: false,
  openedAt: new Date(NOON + seconds * 1000).toISOString(), version: 0, source: 'device', rooms: [{ node: 'daxi', role: 'owner', state: 'offered', offeredAt: '' }], merged: 0, ...more,
})

/** mulberry32: the same numbers for the same seed. */
function chance(seed: number): () => number {
  let at = seed
  return () => {
    at = (at + 0x6d2b79f5) | 0
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

describe('the alarm budget of a seat', () => {
  it('shows the first of a flood and folds the rest, in their order', () => {
    const flood = Array.from({ length: 43 }, (_, id) => alarm(id, id)).reverse()
    const { shown, folded } = budgeted(flood, { most: 6, minutes: 10 })
    expect(shown.map(({ id }) => Number(id))).toEqual([5, 4, 3, 2, 1, 0])
    expect(folded).toHaveLength(37)
    expect(folded[0]!.id).toBe('0042')
  })

  it('shows again when the interval is over', () => {
    const { folded } = budgeted([alarm(0, 0), alarm(1, 30), alarm(2, 60)], { most: 1, minutes: 1 })
    expect(folded.map(({ id }) => id)).toEqual(['0001'])
  })

  it('never folds red, what people report, and what somebody has taken on', () => {
    const kept = [alarm(1, 1, { severity: 'red' }), alarm(2, 2, { source: 'citizen' }), alarm(3, 3, { rooms: [{ node: 'daxi', role: 'owner', state: 'accepted', offeredAt: '' }] }), alarm(4, 4, { state: 'closed' })]
    expect(budgeted([alarm(0, 0), ...kept], { most: 1, minutes: 10 }).folded).toEqual([])
  })

  it.each([1, 2, 3, 5, 8, 13, 21, 34])('loses nothing and keeps within the budget, seed %i', (seed) => {
    const next = chance(seed)
    const budget = { most: 1 + Math.floor(next() * 8), minutes: 1 + Math.floor(next() * 15) }
    const all = Array.from({ length: 300 }, (_, id) => alarm(id, Math.floor(next() * 7_200), next() < 0.2 ? { severity: 'red' } : {}))
    const { shown, folded } = budgeted(all, budget)
    expect([...shown, ...folded].map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort())
    const times = shown.filter(({ severity }) => severity !== 'red').map(({ openedAt }) => Date.parse(openedAt)).sort((a, b) => a - b)
    for (const [at, time] of times.entries()) {
      expect(times.filter((other, index) => index <= at && other > time - budget.minutes * 60_000).length).toBeLessThanOrEqual(budget.most)
    }
    expect(folded.every(({ severity }) => severity !== 'red')).toBe(true)
  })
})
