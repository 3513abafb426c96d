// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SessionRig } from '../../../tests/session-rig'
import { IncidentDesk } from './incident-desk'
import { SeverityDesk } from './severity-desk'

const AT = '2026-11-21T06:30:00.000Z'
const POLICIES = [
  { severity: 'red', tone: 'untilAnswered', floor: 'red', reception: 'atOnce', tiles: 4, signOff: 'centre' },
  { severity: 'orange', tone: 'repeated', floor: 'orange', reception: 'offered', tiles: 1, signOff: 'supervisor' },
  { severity: 'yellow', tone: 'once', floor: 'yellow', reception: 'whenAsked', tiles: 1, signOff: 'seat' },
]
const incident = (id: string, severity: string, state = 'offered') => ({
  id, number: id, title: `事件 ${id}`, severity, state: 'received', step: 'received', overdue: false, node: 'x', place: '集市', openedAt: AT, version: 1, source: 'operator', merged: 0,
  rooms: [{ node: 'x', role: 'owner', state, offeredAt: AT }],
})

let rig: SessionRig
let incidents: IncidentDesk
let desk: SeverityDesk
let listed: unknown[]
let taken: string[]

const tones = (): number => rig.tones.filter((tone) => tone === 'order').length

async function lists(...next: unknown[]): Promise<void> {
  listed = next
  await incidents.look()
  await rig.settled()
}

beforeEach(async () => {
  listed = []
  taken = []
  vi.stubGlobal('fetch', vi.fn(async (url: string) => {
    const answer = url.includes('/api/severities') ? POLICIES : url.includes('state=open') ? listed : url.includes('alarm-budget') ? { most: 60, minutes: 5 } : []
    return new Response(JSON.stringify(answer), { status: 200, headers: { 'content-type': 'application/json' } })
  }))
  rig = new SessionRig('console', ['talk', 'dispatch', 'command'])
  incidents = new IncidentDesk(rig.session, 't')
  desk = new SeverityDesk(rig.session, incidents, (unit) => taken.push(unit))
  const units = ['room', 'car1', 'car2'].map((id) => ({ id, name: id, kind: id === 'room' ? 'room' : 'car', node: 'x', status: 'available', online: true, live: false }))
  await rig.greets(false, { nodes: [{ id: 'x', name: '新河镇', kind: 'town' }], me: { unit: 'room' }, units } as never)
  await lists()
})
afterEach(() => {
  incidents.stop()
  desk.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('what a severity does at a seat', () => {
  it('sounds once for yellow, three times for orange, and until somebody takes a red one', async () => {
    await lists(incident('a', 'yellow'))
    vi.advanceTimersByTime(60_000)
    expect(tones()).toBe(1)
    await lists(incident('a', 'yellow'), incident('b', 'orange'))
    vi.advanceTimersByTime(60_000)
    expect(tones()).toBe(4)
    await lists(incident('c', 'red'))
    vi.advanceTimersByTime(60_000)
    const before = tones()
    expect(before).toBeGreaterThan(10)
    await lists(incident('c', 'red', 'accepted'))
    vi.advanceTimersByTime(60_000)
    expect(tones()).toBe(before)
  })

  it('is silent about what is not offered to this room', async () => {
    await lists({ ...incident('d', 'red'), node: 'y', rooms: [{ node: 'y', role: 'owner', state: 'offered', offeredAt: AT }] })
    expect(tones()).toBe(0)
  })

  it('takes the picture of a red matter at once, offers that of an orange one, and asks nobody about a yellow one', async () => {
    await lists(incident('r', 'red', 'accepted'), incident('o', 'orange', 'accepted'), incident('y', 'yellow', 'accepted'))
    const goes = async (unit: string, to: string): Promise<void> => {
      await rig.says({ type: 'order.changed', order: { id: `o-${unit}`, number: '1', text: '去', severity: 'red', placedBy: 'r', placedAt: AT, incident: to, assignees: [{ unit, step: 'enRoute' }] } } as never)
      await rig.says({ type: 'live.changed', unit, live: { camera: 'back', muted: false, since: AT } } as never)
      await rig.settled()
    }
    await goes('car1', 'r')
    expect(taken).toEqual(['car1'])
    expect(desk.of('car1')?.tiles).toBe(4)
    await goes('car2', 'o')
    expect(taken).toEqual(['car1'])
    expect(desk.offered.value.map(({ unit }) => unit)).toEqual(['car2'])
    desk.decide(desk.offered.value[0]!, true)
    expect(taken).toEqual(['car1', 'car2'])
    expect(desk.offered.value).toEqual([])
    await lists(incident('r', 'red', 'accepted'), incident('o', 'yellow', 'accepted'))
    expect(desk.offered.value).toEqual([])
  })

  it('offers no picture that this seat watches anyway', async () => {
    await lists(incident('o', 'orange', 'accepted'))
    rig.session.apply({ type: 'local.watching', tile: 0, unit: 'car2' })
    await rig.says({ type: 'order.changed', order: { id: 'o-car2', number: '1', text: '去', severity: 'orange', placedBy: 'r', placedAt: AT, incident: 'o', assignees: [{ unit: 'car2', step: 'enRoute' }] } } as never)
    await rig.says({ type: 'live.changed', unit: 'car2', live: { camera: 'back', muted: false, since: AT } } as never)
    await rig.settled()
    expect(desk.offered.value).toEqual([])
  })
})
