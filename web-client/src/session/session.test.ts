// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LetterStore, StoredLetter } from '@/connection/durable'
import type { ClientMessage, Order } from '@/protocol/messages'
import { DispatchSession } from './session'

class FakeSocket {
  static last: FakeSocket
  readyState = 0
  sent: (ClientMessage & { id?: string })[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  onerror: (() => void) | null = null
  constructor() {
    FakeSocket.last = this
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientMessage)
  }
  close(): void {
    this.readyState = 3
  }
  find(type: string): (ClientMessage & { id?: string }) | undefined {
    return this.sent.findLast((message) => message.type === type)
  }
  count(type: string): number {
    return this.sent.filter((message) => message.type === type).length
  }
}

class FakePeer {
  static count = 0
  connectionState = 'new'
  localDescription: { sdp: string } | null = null
  onconnectionstatechange: (() => void) | null = null
  onnegotiationneeded: (() => void) | null = null
  private mids = 0
  constructor() {
    FakePeer.count++
    queueMicrotask(() => this.onnegotiationneeded?.())
  }
  addTransceiver() {
    const sender = { replaceTrack: vi.fn(() => Promise.resolve()), getParameters: () => ({}) }
    return { mid: String(this.mids++), sender, receiver: { track: {} } }
  }
  createOffer = () => Promise.resolve({ sdp: 'offer' })
  setLocalDescription = (): Promise<void> => {
    this.localDescription = { sdp: 'offer' }
    return Promise.resolve()
  }
  setRemoteDescription = () => Promise.resolve()
  restartIce = (): void => queueMicrotask(() => this.onnegotiationneeded?.())
  getStats = () => Promise.resolve(new Map())
  close(): void {
    this.connectionState = 'closed'
  }
}

let letters: Map<string, StoredLetter>
let session: DispatchSession
let seq = 0

const store: LetterStore = {
  put: async (letter) => void letters.set(letter.id, letter),
  remove: async (id) => void letters.delete(id),
  of: async (user) => [...letters.values()].filter((letter) => letter.user === user),
}
const tones: string[] = []
const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1)

async function says(message: object): Promise<void> {
  FakeSocket.last.onmessage?.({ data: JSON.stringify({ seq: ++seq, ...message }) })
  await settled()
}

async function greets(resumed = false): Promise<void> {
  const socket = FakeSocket.last
  socket.readyState = 1
  socket.onopen?.()
  if (!resumed) seq = 0
  const user = { id: 'u', name: '车', role: 'terminal', unit: 'car1', locale: 'zh-CN', rights: ['talk'] }
  await says({ type: 'welcome', session: 's', resume: 'r', resumed, heartbeatSeconds: 10, node: 'n', user, iceServers: [], limits: { orderChars: 500, tiles: 9, voiceSlots: 8 } })
  if (!resumed) {
    const groups = [{ id: 'g', name: '组', kind: 'town', node: 'x', members: ['car1'], affiliated: true }, { id: 'h', name: '组二', kind: 'town', node: 'x', members: [], affiliated: false }]
    await says({ type: 'snapshot', nodes: [], units: [], groups, orders: [], lives: [], watching: [], calls: [] })
  }
  await says({ type: 'pong' })
}

async function agrees(): Promise<void> {
  await settled()
  await says({ type: 'media.answer', re: FakeSocket.last.find('media.offer')!.id, sdp: 'answer' })
  await settled()
}

async function breaks(code = 1006): Promise<void> {
  FakeSocket.last.readyState = 3
  FakeSocket.last.onclose?.({ code })
  await vi.advanceTimersByTimeAsync(400)
}

const order = (step: string): Order => ({
  id: 'o1', number: 1, text: 't', severity: 'red', placedAt: '', placedBy: { user: 'x', name: 'x', node: 'x' },
  assignees: [{ unit: 'car1', name: '车', step: step as 'placed', at: '', history: [] }],
})

beforeEach(async () => {
  vi.useFakeTimers()
  letters = new Map()
  tones.length = 0
  FakePeer.count = 0
  const track = { kind: 'audio', enabled: true, readyState: 'live', stop: vi.fn(), contentHint: '' }
  vi.stubGlobal('RTCPeerConnection', FakePeer)
  vi.stubGlobal('RTCRtpSender', { getCapabilities: undefined })
  vi.stubGlobal('RTCRtpReceiver', { getCapabilities: undefined })
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: async () => ({ getTracks: () => [{ ...track }] }) } })
  session = new DispatchSession({
    url: 'ws://x', token: 't', user: 'u', device: 'terminal', locale: 'zh-CN', voiceSlots: 2, tiles: 0, store, play: (tone) => void tones.push(tone),
  })
  session.start()
  await greets()
})
afterEach(() => {
  session.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a session', () => {
  it('offers its peer connection once, and again only when the server has forgotten it', async () => {
    await agrees()
    await breaks()
    await greets(true)
    expect(FakePeer.count).toBe(1)
    await breaks()
    await greets(false)
    await settled()
    expect(FakePeer.count).toBe(2)
    expect(FakeSocket.last.sent.map(({ type }) => type)).toEqual(expect.arrayContaining(['media.close', 'media.offer']))
  })

  it('says an offer again that the break swallowed', async () => {
    await settled()
    expect(FakeSocket.last.count('media.offer')).toBe(1)
    await breaks()
    await greets(true)
    await vi.advanceTimersByTimeAsync(600)
    expect(FakeSocket.last.count('media.offer')).toBeGreaterThanOrEqual(1)
    await agrees()
    expect(session.mediaIsAgreed()).toBe(true)
  })

  it('does not go live before there is a peer connection, and goes live again in a new session', async () => {
    await session.live.start('back')
    await settled()
    expect(FakeSocket.last.find('live.start')).toBeUndefined()
    await agrees()
    expect(FakeSocket.last.find('live.start')).toMatchObject({ camera: 'back', muted: false })
    await breaks()
    await greets(false)
    expect(FakeSocket.last.find('live.start')).toBeUndefined()
    await agrees()
    expect(FakeSocket.last.find('live.start')).toMatchObject({ camera: 'back' })
  })

  it('starts a pulled picture by itself and keeps the notice until it is read', async () => {
    await agrees()
    await says({ type: 'live.asked', ask: 'a', by: '王敏', pull: true })
    await settled()
    expect(FakeSocket.last.find('live.start')).toMatchObject({ ask: 'a' })
    expect(session.model().incoming).toHaveLength(1)
    expect(tones).toContain('alert')
  })

  it('answers an order by delivered at once and by read when it is seen, each once', async () => {
    await says({ type: 'order.changed', order: order('placed') })
    expect(FakeSocket.last.find('order.report')).toMatchObject({ step: 'delivered' })
    await says({ type: 'order.changed', order: order('placed') })
    expect(FakeSocket.last.count('order.report')).toBe(1)
    session.orders.shown(session.model().orders['o1']!, 'car1')
    expect(FakeSocket.last.find('order.report')).toMatchObject({ step: 'read' })
    expect(tones).toEqual(['order'])
  })

  it('keeps what was pressed without network on disk and sends it when the network is back', async () => {
    await says({ type: 'order.changed', order: order('read') })
    await breaks()
    session.orders.report('o1', 'accepted')
    await settled()
    expect([...letters.keys()]).toEqual(['o1/accepted'])
    expect(session.model().pending).toHaveLength(1)
    await greets(true)
    const report = FakeSocket.last.find('order.report')!
    expect(report).toMatchObject({ step: 'accepted', id: 'o1/accepted' })
    await says({ type: 'ok', re: report.id })
    expect(letters.size).toBe(0)
    expect(session.model().pending).toEqual([])
  })

  it('sends letters that an earlier page left behind', async () => {
    session.stop()
    letters.set('o9/done', { id: 'o9/done', user: 'u', at: 1, message: { type: 'order.report', order: 'o9', step: 'done', at: '2026-11-21T06:00:00.000Z' } })
    session = new DispatchSession({
      url: 'ws://x', token: 't', user: 'u', device: 'terminal', locale: 'zh-CN', voiceSlots: 2, tiles: 0, store, play: () => {},
    })
    session.start()
    await settled()
    await greets()
    expect(FakeSocket.last.find('order.report')).toMatchObject({ order: 'o9', at: '2026-11-21T06:00:00.000Z' })
  })

  it('listens to a group before it asks for its floor', async () => {
    await agrees()
    session.talk.press('key', 'h')
    const types = FakeSocket.last.sent.map(({ type }) => type)
    expect(types.indexOf('group.affiliate')).toBeGreaterThan(0)
    expect(types.indexOf('group.affiliate')).toBeLessThan(types.indexOf('floor.request'))
  })

  it('is off the air at once when the connection breaks, and gives the floor back afterwards', async () => {
    await agrees()
    session.talk.press('key', 'g')
    await says({ type: 'floor.granted', call: 'g', durationMs: 30_000, priority: 0 })
    expect(session.talk.talk.value.name).toBe('talking')
    await breaks()
    expect(session.talk.talk.value).toMatchObject({ name: 'idle', note: { kind: 'lost' } })
    expect(tones).toContain('lost')
    await greets(true)
    expect(FakeSocket.last.find('floor.release')).toMatchObject({ call: 'g' })
    expect(tones).toContain('restored')
  })

  it('talks while one of several keys is held', async () => {
    await agrees()
    session.talk.press('space')
    session.talk.press('button')
    await says({ type: 'floor.granted', call: 'g', durationMs: 30_000, priority: 0 })
    session.talk.letGo('space')
    expect(session.talk.talk.value.name).toBe('talking')
    session.talk.letGo('button')
    expect(session.talk.talk.value.name).toBe('ending')
    session.talk.letGo('button')
    await vi.advanceTimersByTimeAsync(250)
    expect(FakeSocket.last.find('floor.release')).toMatchObject({ call: 'g' })
  })

  it('closes camera and microphone when another window takes over, and can go on here', async () => {
    await agrees()
    await session.live.start('back')
    await breaks(4409)
    expect(session.live.view.value.name).toBe('off')
    expect(session.phase.value).toEqual({ name: 'ended', why: 'taken-over' })
    session.link.retryNow()
    await greets()
    await agrees()
    expect(session.mediaIsAgreed()).toBe(true)
  })

  it('says in a notice what did not work', async () => {
    const call = session.openCall('car2')
    const request = FakeSocket.last.find('call.open') as { id: string }
    await says({ type: 'refused', re: request.id, code: 'offline', detail: '' })
    await call
    expect(session.notices.value[0]).toMatchObject({ key: 'notice.failed', values: { what: 'call', code: 'offline' } })
  })
})
