// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Order } from '@/protocol/messages'
import { FakePeer, FakeSocket, SessionRig } from '../../tests/session-rig'
import type { DispatchSession } from './session'

let rig: SessionRig
let session: DispatchSession

const order = (step: string): Order => ({
  id: 'o1', number: 1, text: 't', severity: 'red', placedAt: '', placedBy: { user: 'x', name: 'x', node: 'x' },
  assignees: [{ unit: 'car1', name: '车', step: step as 'placed', at: '', history: [] }],
})

beforeEach(async () => {
  rig = new SessionRig()
  session = rig.session
  await rig.greets()
})
afterEach(() => rig.close())

describe('a session', () => {
  it('offers its peer connection once, and again only when the server has forgotten it', async () => {
    await rig.agrees()
    await rig.breaks()
    await rig.greets(true)
    expect(FakePeer.count).toBe(1)
    await rig.breaks()
    await rig.greets(false)
    await rig.settled()
    expect(FakePeer.count).toBe(2)
    expect(FakeSocket.last.sent.map(({ type }) => type)).toEqual(expect.arrayContaining(['media.close', 'media.offer']))
  })

  it('says an offer again that the break swallowed', async () => {
    await rig.settled()
    expect(FakeSocket.last.count('media.offer')).toBe(1)
    await rig.breaks()
    await rig.greets(true)
    await vi.advanceTimersByTimeAsync(600)
    expect(FakeSocket.last.count('media.offer')).toBeGreaterThanOrEqual(1)
    await rig.agrees()
    expect(session.mediaIsAgreed()).toBe(true)
  })

  it('does not go live before there is a peer connection, and goes live again in a new session', async () => {
    await session.live.start('back')
    await rig.settled()
    expect(FakeSocket.last.find('live.start')).toBeUndefined()
    await rig.agrees()
    expect(FakeSocket.last.find('live.start')).toMatchObject({ camera: 'back', muted: false })
    await rig.breaks()
    await rig.greets(false)
    expect(FakeSocket.last.find('live.start')).toBeUndefined()
    await rig.agrees()
    expect(FakeSocket.last.find('live.start')).toMatchObject({ camera: 'back' })
  })

  it('makes its peer connection to another node before it breaks the old one', async () => {
    await rig.agrees()
    await rig.connects()
    await session.live.start('back')
    const generation = session.media.generation.value
    await rig.breaks(1001)
    await rig.greets(false, {}, true)
    expect(FakePeer.all.map(({ connectionState }) => connectionState)).toEqual(['connected', 'new'])
    expect(FakeSocket.last.types()).not.toContain('media.close')
    await rig.agrees()
    expect(FakeSocket.last.find('live.start')).toBeUndefined()
    await rig.connects()
    expect(FakeSocket.last.find('live.start')).toMatchObject({ camera: 'back' })
    expect(session.media.generation.value).toBe(generation)
    await rig.settled(500)
    expect(FakePeer.all.map(({ connectionState }) => connectionState)).toEqual(['closed', 'connected'])
    expect(session.media.generation.value).toBe(generation + 1)
    expect(FakeSocket.last.count('live.start')).toBe(1)
    expect(session.notices.value).toMatchObject([{ key: 'notice.movedNode', values: { node: 'x' } }])
  })

  it('sends its camera as the node wants it to which it has gone', async () => {
    await rig.agrees()
    const layers = (): (number | undefined)[] => FakePeer.all.map(({ added }) => added[1]?.sendEncodings?.length)
    rig.layers = 'simulcast'
    await rig.breaks()
    await rig.greets(false, {}, true)
    expect(layers()).toEqual([undefined, 3])
  })

  it('breaks the old peer connection all the same when the new one does not come about', async () => {
    await rig.agrees()
    await rig.breaks()
    await rig.greets(false, {}, true)
    await rig.lives(6_100)
    expect(FakePeer.all.map(({ connectionState }) => connectionState)).toEqual(['closed', 'new'])
  })

  it('starts a pulled picture by itself and keeps the notice until it is read', async () => {
    await rig.agrees()
    await rig.says({ type: 'live.asked', ask: 'a', by: '王敏', pull: true })
    await rig.settled()
    expect(FakeSocket.last.find('live.start')).toMatchObject({ ask: 'a' })
    expect(session.model().incoming).toHaveLength(1)
    expect(rig.tones).toContain('alert')
  })

  it('answers an order by delivered at once and by read when it is seen, each once', async () => {
    await rig.says({ type: 'order.changed', order: order('placed') })
    expect(FakeSocket.last.find('order.report')).toMatchObject({ step: 'delivered' })
    await rig.says({ type: 'order.changed', order: order('placed') })
    expect(FakeSocket.last.count('order.report')).toBe(1)
    session.orders.shown(session.model().orders['o1']!, 'car1')
    expect(FakeSocket.last.find('order.report')).toMatchObject({ step: 'read' })
    expect(rig.tones).toEqual(['order'])
  })

  it('keeps what was pressed without network on disk and sends it when the network is back', async () => {
    await rig.says({ type: 'order.changed', order: order('read') })
    await rig.breaks()
    session.orders.report('o1', 'accepted')
    await rig.settled()
    expect([...rig.letters.keys()]).toEqual(['o1/accepted'])
    expect(session.model().pending).toHaveLength(1)
    await rig.greets(true)
    const report = FakeSocket.last.find('order.report')!
    expect(report).toMatchObject({ step: 'accepted', id: 'o1/accepted' })
    await rig.says({ type: 'ok', re: report.id! })
    expect(rig.letters.size).toBe(0)
    expect(session.model().pending).toEqual([])
  })

  it('sends letters that an earlier page left behind', async () => {
    session.stop()
    rig.letters.set('o9/done', { id: 'o9/done', user: 'u', at: 1, message: { type: 'order.report', order: 'o9', step: 'done', at: '2026-11-21T06:00:00.000Z' } })
    rig.open()
    await rig.settled()
    await rig.greets()
    expect(FakeSocket.last.find('order.report')).toMatchObject({ order: 'o9', at: '2026-11-21T06:00:00.000Z' })
  })

  it('closes camera and microphone when another window takes over, and can go on here', async () => {
    await rig.agrees()
    await session.live.start('back')
    await rig.breaks(4409)
    expect(session.live.view.value.name).toBe('off')
    expect(session.phase.value).toEqual({ name: 'ended', why: 'taken-over' })
    session.link.retryNow()
    await rig.greets()
    await rig.agrees()
    expect(session.mediaIsAgreed()).toBe(true)
  })

  it('says in a notice what did not work', async () => {
    const call = session.calls.open('car2')
    const request = FakeSocket.last.find('call.open') as { id: string }
    await rig.says({ type: 'refused', re: request.id, code: 'offline', detail: '' })
    await call
    expect(session.notices.value[0]).toMatchObject({ key: 'notice.failed', values: { what: 'call', code: 'offline' } })
  })

  it('makes a new media connection though the old one never answered what it was asked', async () => {
    FakePeer.all.at(-1)!.setRemoteDescription = () => new Promise(() => undefined)
    await rig.agrees()
    const before = FakeSocket.last.count('media.offer')
    session.media.lost()
    await rig.settled()
    expect(FakeSocket.last.count('media.offer')).toBe(before + 1)
  })
})
