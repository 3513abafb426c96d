import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ClientMessage, ServerMessage, ServerNode, Welcome } from '@/protocol/messages'
import { Link, type LinkPhase } from './link'

const A = 'http://a:1'
const B = 'http://b:1'
const C = 'http://c:1'
const NODES: ServerNode[] = [
  { name: 'a', url: A, state: 'up', load: 0 }, { name: 'b', url: B, state: 'up', load: 0.25 }, { name: 'c', url: C, state: 'up', load: 0.5 },
]

/** A WebSocket whose other end is the test. */
class FakeSocket {
  static all: FakeSocket[] = []
  readyState = 0
  sent: (ClientMessage & { id?: string })[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  onerror: (() => void) | null = null
  constructor(readonly url: string) {
    FakeSocket.all.push(this)
  }
  static get last(): FakeSocket {
    return FakeSocket.all.at(-1)!
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientMessage)
  }
  close(): void {
    this.readyState = 3
  }
  says(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) })
  }
  breaks(code = 1006): void {
    this.readyState = 3
    this.onclose?.({ code })
  }
  welcomes(node: string, more: Partial<Welcome> = {}): void {
    this.readyState = 1
    this.onopen?.()
    this.says({ type: 'welcome', seq: 1, session: `s-${node}`, resume: `r-${node}`, resumed: false, heartbeatSeconds: 10, node, nodes: NODES, ...more })
    this.says({ type: 'pong', seq: 2 })
  }
}

const tried = (): string[] => FakeSocket.all.map(({ url }) => url.replace('ws', 'http').replace('/ws', ''))

let link: Link
let phases: LinkPhase[]
let welcomes: Welcome[]
let messages: ServerMessage[]

beforeEach(() => {
  vi.useFakeTimers()
  FakeSocket.all = []
  phases = []
  welcomes = []
  messages = []
  let count = 0
  link = new Link(
    { origin: A, token: 't', device: 'console', locale: 'zh-CN', random: () => 0.5, newId: () => `id${++count}`, open: (url) => new FakeSocket(url) as unknown as WebSocket },
    { message: (message) => void messages.push(message), phase: (phase) => void phases.push(phase), welcome: (welcome) => void welcomes.push(welcome) },
  )
  link.start()
  FakeSocket.last.welcomes('a')
  vi.advanceTimersByTime(4_000)
  FakeSocket.last.says({ type: 'pong', seq: 3 })
  vi.advanceTimersByTime(4_000)
})
afterEach(() => {
  link.stop()
  vi.useRealTimers()
})

describe('a line that knows several nodes', () => {
  it('tries its own once more, then the others, and none of them has to be waited for', () => {
    FakeSocket.last.breaks()
    expect(FakeSocket.last.sent).toEqual([])
    FakeSocket.last.breaks()
    FakeSocket.last.breaks()
    expect(tried()).toEqual([A, A, B, C])
    expect(phases.slice(2)).toEqual([{ name: 'connecting', attempt: 0 }, { name: 'connecting', attempt: 0, to: B }, { name: 'connecting', attempt: 0, to: C }])
    FakeSocket.last.breaks()
    expect(phases.at(-1)).toMatchObject({ name: 'waiting', attempt: 1 })
    vi.advanceTimersByTime(200)
    expect(tried().slice(4)).toEqual([A])
  })

  it('goes on at the other one with its session and what was not sent', () => {
    const kept = [link.keep({ type: 'order.place', order: 'o', units: ['car1'], text: 'go', severity: 'red' }), link.keep({ type: 'group.affiliate', group: 'g' })]
    for (const answer of kept) answer.catch(() => undefined)
    const stop = link.keep({ type: 'watch.stop', tile: 0 })
    stop.catch(() => undefined)
    FakeSocket.last.breaks()
    FakeSocket.last.breaks()
    FakeSocket.last.welcomes('b', { moved: true })
    expect(link.at).toBe(B)
    expect(FakeSocket.last.sent[0]).toMatchObject({ type: 'hello', resume: 'r-a', lastSeq: 3 })
    expect(FakeSocket.last.sent.map(({ type }) => type)).toEqual(['hello', 'ping', 'order.place', 'group.affiliate'])
    return expect(stop).rejects.toThrow()
  })

  it('leaves at once the node that says it is going down', () => {
    FakeSocket.last.breaks(1001)
    expect(tried()).toEqual([A, B])
  })

  it('does not wait long for a node that says nothing while there are others', () => {
    FakeSocket.last.breaks()
    vi.advanceTimersByTime(2_500)
    expect(tried()).toEqual([A, A, B])
  })

  it('does not run in circles between nodes that let it in and throw it out', () => {
    for (let i = 0; i < 30; i++) {
      FakeSocket.last.welcomes('x')
      FakeSocket.last.breaks(4429)
    }
    expect(tried().length).toBeLessThan(8)
    expect(phases.at(-1)!.name).toBe('waiting')
  })

  it('follows news of nodes', () => {
    FakeSocket.last.says({ type: 'nodes.changed', seq: 4, nodes: [NODES[0], { ...NODES[1]!, state: 'draining' }, NODES[2]] })
    FakeSocket.last.breaks(1001)
    expect(tried()).toEqual([A, C])
  })
})

describe('a node that wants to be left', () => {
  const wantsToBeLeft = (): void => FakeSocket.all[0]!.says({ type: 'session.move', seq: 4, nodes: NODES.slice(1) })

  it('serves until the next one has answered', () => {
    wantsToBeLeft()
    const [old, next] = FakeSocket.all as [FakeSocket, FakeSocket]
    expect(next.url).toBe('ws://b:1/ws')
    old.says({ type: 'floor.idle', seq: 5, call: 'g' })
    expect(messages.at(-1)).toMatchObject({ type: 'floor.idle' })
    next.welcomes('b', { moved: true })
    expect(next.sent[0]).toMatchObject({ type: 'hello', resume: 'r-a', lastSeq: 5 })
    expect(phases.map(({ name }) => name).filter((name) => name !== 'open')).toEqual(['connecting'])
    expect(old.readyState).not.toBe(3)
    old.breaks(4409)
    expect(link.isOpen).toBe(true)
    expect(welcomes.at(-1)!.node).toBe('b')
    expect(link.tell({ type: 'media.close' })).toBe(true)
    expect(next.sent.at(-1)).toEqual({ type: 'media.close' })
  })

  it('goes on serving when the next one cannot be had, and asks again', () => {
    wantsToBeLeft()
    FakeSocket.last.breaks()
    expect(link.isOpen).toBe(true)
    expect(link.at).toBe(A)
    FakeSocket.all[0]!.says({ type: 'session.move', seq: 6, nodes: NODES.slice(1) })
    expect(FakeSocket.all).toHaveLength(3)
    vi.advanceTimersByTime(2_500)
    expect(FakeSocket.last.readyState).toBe(3)
    expect(link.isOpen).toBe(true)
  })

  it('is not left for one that wants to be left as well, nor for itself', () => {
    FakeSocket.all[0]!.says({ type: 'session.move', seq: 4, nodes: [NODES[0], { ...NODES[1]!, state: 'draining' }] })
    expect(FakeSocket.all).toHaveLength(1)
  })

  it('is lost meanwhile: one line is enough', () => {
    wantsToBeLeft()
    FakeSocket.all[0]!.breaks(1001)
    expect(FakeSocket.all[1]!.readyState).toBe(3)
    expect(tried().at(-1)).toBe(B)
    FakeSocket.last.welcomes('b', { moved: true })
    expect(link.at).toBe(B)
  })
})
