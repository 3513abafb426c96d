import { describe, expect, it } from 'vitest'
import type { Assignee, Order, Unit, UnitPosition } from '@/protocol/messages'
import { EMPTY, type Model } from '../model'
import { unitMarks } from './marks'
import { withMotion } from './motion'
import { nearestFree } from './nearest'

const NOW = Date.parse('2026-11-21T06:31:00Z')
const PLACE = { latitude: 28.37, longitude: 121.37 }
const unit = (id: string, more: Partial<Unit> = {}): Unit => ({ id, name: id, kind: 'car', node: 'x', status: 'available', online: true, since: '', people: [], ...more })
/** So many thousandths of a degree north of the place: 111 m each. */
const north = (id: string, thousandths: number, agoMs = 0): UnitPosition => ({
  unit: id, latitude: PLACE.latitude + thousandths / 1000, longitude: PLACE.longitude, at: new Date(NOW - agoMs).toISOString(),
})

function modelOf(units: Unit[], positions: UnitPosition[], more: Partial<Model> = {}): Model {
  return { ...EMPTY, units: Object.fromEntries(units.map((one) => [one.id, one])), positions: Object.fromEntries(positions.map((one) => [one.unit, one])), ...more }
}

describe('the nearest free units', () => {
  it('come by their distance, with how long they need', () => {
    const model = modelOf([unit('far'), unit('near'), unit('walker', { kind: 'handheld' })], [north('far', 30), north('near', -2), north('walker', 5)])
    const found = nearestFree(model, PLACE, NOW)
    expect(found.map(({ unit: { id } }) => id)).toEqual(['near', 'walker', 'far'])
    expect(found[0]!.metres).toBeCloseTo(222, 0)
    expect(found[1]!.seconds).toBeGreaterThan(found[2]!.seconds * 0.9)
  })

  it('are there, free, able to go, and their place is known and fresh', () => {
    const units = [
      unit('ok'), unit('off', { online: false }), unit('busy', { status: 'busy' }), unit('rests', { status: 'break' }), unit('room', { kind: 'room' }), unit('camera', { kind: 'camera' }), unit('nowhere'),
      unit('old'), unit('engaged'), unit('refused'), unit('us'),
    ]
    const positions = units.filter(({ id }) => id !== 'nowhere').map(({ id }, index) => north(id, index + 1, id === 'old' ? 301_000 : 1000))
    const assignee = (id: string, step: Assignee['step']): Assignee => ({ unit: id, name: id, step, at: '', history: [] })
    const order = { id: 'o', assignees: [assignee('engaged', 'enRoute'), assignee('refused', 'refused'), assignee('ok', 'done')] } as unknown as Order
    const model = modelOf(units, positions, { orders: { o: order }, me: { id: 'u', name: '', role: '', unit: 'us', locale: '', rights: [] } })
    expect(nearestFree(model, PLACE, NOW).map(({ unit: { id } }) => id)).toEqual(['ok', 'refused'])
  })
})

describe('the way of a unit', () => {
  it('is told by two reports', () => {
    const moved = withMotion(north('a', 0, 2000), north('a', 0.2))
    expect(moved.metresPerSecond).toBeCloseTo(11.1, 1)
    expect(moved.headingDegrees).toBeCloseTo(0)
    const east = withMotion(north('a', 0, 2000), { ...north('a', 0), longitude: PLACE.longitude + 0.0005 })
    expect(east.headingDegrees).toBeCloseTo(90)
  })

  it('is none where the receiver is only inexact, jumps, or was silent long', () => {
    expect(withMotion({ ...north('a', 0, 2000), accuracyMetres: 40 }, north('a', 0.2)).metresPerSecond).toBe(0)
    expect(withMotion(north('a', 0, 2000), north('a', 900))).not.toHaveProperty('metresPerSecond')
    expect(withMotion(north('a', 0, 100_000), north('a', 1))).not.toHaveProperty('metresPerSecond')
    expect(withMotion(undefined, north('a', 1))).not.toHaveProperty('metresPerSecond')
  })
})

it('a unit on the map is stale after a minute or when it is away, and only there if its place is known', () => {
  const model = modelOf([unit('a', { status: 'busy' }), unit('b'), unit('c', { online: false }), unit('d')], [north('a', 0), north('b', 1, 61_000), north('c', 2), north('stranger', 3)])
  expect(unitMarks(model, NOW).map(({ id, look }) => [id, look])).toEqual([['a', 'busy'], ['b', 'stale'], ['c', 'stale']])
})
