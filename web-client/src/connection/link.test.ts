import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ClientMessage, ServerMessage, Welcome } from '@/protocol/messages'
import { Link, LinkLost, Refusal, type LinkPhase } from './link'

/** A WebSocket whose other end is the test. */
class FakeSocket {
  static all: FakeSocket[] = []
  static get last(): FakeSocket {
    return FakeSocket.all.at(-1)!
  }
  readyState = 0
  sent: ClientMessage[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  onerror: (() => void) | null = null
  constructor(readonly url: string, readonly protocols: string[]) {
    FakeSocket.all.push(this)
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientMessage)
  }
  close(): void {
    this.readyState = 3
  }
  opens(): void {
    this.readyState = 1
    this.onopen?.()
  }
  says(message: Partial<ServerMessage> & { type: string }): void {
    this.onmessage?.({ data: JSON.stringify(message) })
  }
  breaks(code = 1006): void {
    this.readyState = 3
    this.onclose?.({ code })
  }
  welcomes(resumed = false, seq = 1): void {
    this.opens()
    const welcome: Partial<Welcome> = { type: 'welcome', session: 's1', resume: 'r1', resumed, heartbeatSeconds: 10 }
    this.says({ ...welcome, seq } as ServerMessage)
  }
  types(): string[] {
    return this.sent.map((message) => message.type)
  }
}

function newLink() {
  const phases: LinkPhase[] = []
  const messages: ServerMessage[] = []
  let count = 0
  const link = new Link(
    {
      origin: 'http://x', token: 'tok', device: 'terminal', locale: 'zh-CN',
      open: (url, protocols) => new FakeSocket(url, protocols) as unknown as WebSocket,
      random: () => 0.5,
      newId: () => `id${++count}`,
    },
    { message: (message) => messages.push(message), phase: (phase) => phases.push(phase), welcome: () => {} },
  )
  link.start()
  return { link, phases, messages }
}

beforeEach(() => {
  vi.useFakeTimers()
  FakeSocket.all = []
})
afterEach(() => void vi.useRealTimers())

describe('the line to the server', () => {
  it('shows its token as a subprotocol and says hello first', () => {
    newLink()
    FakeSocket.last.opens()
    expect(FakeSocket.last.protocols).toEqual(['maplebridge.v1', 'bearer.tok'])
    expect(FakeSocket.last.sent).toEqual([{ type: 'hello', device: 'terminal', locale: 'zh-CN' }])
  })

  it('tries again for ever, quickly at first and every five seconds in the end', () => {
    newLink()
    for (const wait of [200, 500, 1000, 2000, 4000, 5000, 5000, 5000]) {
      const count = FakeSocket.all.length
      FakeSocket.last.breaks()
      vi.advanceTimersByTime(wait - 1)
      expect(FakeSocket.all.length).toBe(count)
      vi.advanceTimersByTime(1)
      expect(FakeSocket.all.length).toBe(count + 1)
    }
  })

  it('comes back with its resume token and the last number it saw', () => {
    newLink()
    FakeSocket.last.welcomes()
    FakeSocket.last.says({ type: 'pong', seq: 7 })
    FakeSocket.last.breaks()
    vi.advanceTimersByTime(200)
    FakeSocket.last.opens()
    expect(FakeSocket.last.sent[0]).toMatchObject({ type: 'hello', resume: 'r1', lastSeq: 7 })
  })

  it('hears what it missed once, although the welcome has a later number', () => {
    const { messages } = newLink()
    FakeSocket.last.welcomes()
    FakeSocket.last.says({ type: 'floor.idle', call: 'a', seq: 2 } as ServerMessage)
    FakeSocket.last.breaks()
    vi.advanceTimersByTime(200)
    FakeSocket.last.welcomes(true, 5)
    FakeSocket.last.says({ type: 'floor.idle', call: 'a', seq: 2 } as ServerMessage)
    FakeSocket.last.says({ type: 'floor.idle', call: 'b', seq: 3 } as ServerMessage)
    FakeSocket.last.says({ type: 'floor.idle', call: 'b', seq: 3 } as ServerMessage)
    expect(messages.filter((message) => message.type === 'floor.idle').map((message) => message.seq)).toEqual([2, 3])
  })

  it('counts anew in a new session', () => {
    const { link } = newLink()
    FakeSocket.last.welcomes(false, 1)
    FakeSocket.last.says({ type: 'pong', seq: 90 })
    FakeSocket.last.breaks()
    vi.advanceTimersByTime(200)
    FakeSocket.last.welcomes(false, 1)
    FakeSocket.last.says({ type: 'pong', seq: 2 })
    expect(link.lastSeq).toBe(2)
  })

  it('acknowledges what it got before ten seconds are over', () => {
    newLink()
    FakeSocket.last.welcomes()
    FakeSocket.last.says({ type: 'floor.idle', call: 'a', seq: 12 } as ServerMessage)
    vi.advanceTimersByTime(5000)
    expect(FakeSocket.last.sent.at(-1)).toEqual({ type: 'ping', seq: 12 })
  })

  it('sends a kept message again after a break, after what it missed, until it is answered', async () => {
    const { link } = newLink()
    const place: ClientMessage = { type: 'order.place', order: 'o1', units: ['car1'], text: 'go', severity: 'red' }
    const answer = link.keep(place)
    expect(link.unsent).toBe(1)
    FakeSocket.last.welcomes()
    expect(FakeSocket.last.types()).not.toContain('order.place')
    FakeSocket.last.says({ type: 'pong', seq: 2 })
    expect(FakeSocket.last.sent.at(-1)).toEqual({ ...place, id: 'id1' })
    FakeSocket.last.breaks()
    vi.advanceTimersByTime(200)
    FakeSocket.last.welcomes(true, 3)
    FakeSocket.last.says({ type: 'pong', seq: 4 })
    expect(FakeSocket.last.sent.at(-1)).toEqual({ ...place, id: 'id1' })
    FakeSocket.last.says({ type: 'ok', re: 'id1', seq: 5 })
    await expect(answer).resolves.toMatchObject({ type: 'ok' })
    expect(link.unsent).toBe(0)
  })

  it('does not send again what was answered among the missed messages', () => {
    const { link } = newLink()
    FakeSocket.last.welcomes()
    FakeSocket.last.says({ type: 'pong', seq: 2 })
    void link.keep({ type: 'call.open', unit: 'car1' })
    FakeSocket.last.breaks()
    vi.advanceTimersByTime(200)
    FakeSocket.last.welcomes(true, 4)
    FakeSocket.last.says({ type: 'ok', re: 'id1', seq: 3 })
    FakeSocket.last.says({ type: 'pong', seq: 5 })
    expect(FakeSocket.last.types()).toEqual(['hello', 'ping'])
  })

  it('turns a refusal into an error with its code', async () => {
    const { link } = newLink()
    FakeSocket.last.welcomes()
    FakeSocket.last.says({ type: 'pong', seq: 2 })
    const answer = link.ask({ type: 'watch.start', tile: 0, unit: 'x' })
    FakeSocket.last.says({ type: 'refused', re: 'id1', code: 'not-visible', detail: '', seq: 3 } as ServerMessage)
    await expect(answer).rejects.toMatchObject({ code: 'not-visible' })
    await expect(answer).rejects.toBeInstanceOf(Refusal)
  })

  it('fails an unkept question at once when the connection breaks', async () => {
    const { link } = newLink()
    FakeSocket.last.welcomes()
    const answer = link.ask({ type: 'floor.request', call: 'g' })
    FakeSocket.last.breaks()
    await expect(answer).rejects.toBeInstanceOf(LinkLost)
  })

  it('gives up a connection on which nothing is heard', () => {
    const { phases } = newLink()
    FakeSocket.last.welcomes()
    vi.advanceTimersByTime(20_000)
    expect(phases.some((phase) => phase.name === 'waiting')).toBe(true)
  })

  it('stops when the token has expired or another window took the session', () => {
    for (const [code, why] of [[4401, 'expired'], [4409, 'taken-over']] as const) {
      const { phases } = newLink()
      FakeSocket.last.welcomes()
      FakeSocket.last.breaks(code)
      expect(phases.at(-1)).toEqual({ name: 'ended', why })
      const count = FakeSocket.all.length
      vi.advanceTimersByTime(60_000)
      expect(FakeSocket.all.length).toBe(count)
    }
  })

  it('comes back when its own hello, which was answered too late, took the session over; not when somebody else does', () => {
    const { phases } = newLink()
    FakeSocket.last.opens() // says hello, and is not answered in time
    vi.advanceTimersByTime(10_000)
    FakeSocket.last.welcomes()
    FakeSocket.last.breaks(4409)
    expect(phases.at(-1)!.name).not.toBe('ended')
    vi.advanceTimersByTime(10_000)
    FakeSocket.last.welcomes()
    expect(phases.at(-1)!.name).toBe('open')
    FakeSocket.last.breaks(4409)
    expect(phases.at(-1)).toEqual({ name: 'ended', why: 'taken-over' })
  })

  it('does not take up a session that broke the rules', () => {
    newLink()
    FakeSocket.last.welcomes()
    FakeSocket.last.breaks(4400)
    vi.advanceTimersByTime(200)
    FakeSocket.last.opens()
    expect(FakeSocket.last.sent[0]).not.toHaveProperty('resume')
  })

  it('does not wait for its timer when the network is back', () => {
    const { link } = newLink()
    for (let round = 0; round < 6; round++) {
      FakeSocket.last.breaks()
      vi.advanceTimersByTime(5000)
    }
    FakeSocket.last.breaks()
    const count = FakeSocket.all.length
    link.retryNow()
    expect(FakeSocket.all.length).toBe(count + 1)
  })

  it('does not wait for what it dialled into a network that is gone', () => {
    const { link } = newLink()
    const first = FakeSocket.last
    link.retryNow()
    expect(FakeSocket.last).toBe(first)
    vi.advanceTimersByTime(1_500)
    link.retryNow()
    expect(FakeSocket.last).not.toBe(first)
    FakeSocket.last.welcomes()
    expect(link.isOpen).toBe(true)
  })

  it('dials anew when the network is another one, unless it has done so since', () => {
    const { link } = newLink()
    const first = FakeSocket.last
    first.welcomes()
    vi.advanceTimersByTime(10_000)
    link.moved(400)
    const second = FakeSocket.last
    expect(second).not.toBe(first)
    link.moved(500)
    second.welcomes()
    vi.advanceTimersByTime(100)
    link.moved(500)
    expect(FakeSocket.last).toBe(second)
    expect(link.isOpen).toBe(true)
  })

  it('dials again at once when the first try in a new network is broken off, and then waits', () => {
    const { link } = newLink()
    FakeSocket.last.welcomes()
    vi.advanceTimersByTime(10_000)
    link.moved(400)
    const count = FakeSocket.all.length
    FakeSocket.last.breaks()
    expect(FakeSocket.all.length).toBe(count + 1)
    FakeSocket.last.breaks()
    expect(FakeSocket.all.length).toBe(count + 1)
    expect(link.phase.name).toBe('waiting')
  })

  it('does so too when it hears of the network while it dials', () => {
    const { link } = newLink()
    link.retryNow()
    const count = FakeSocket.all.length
    FakeSocket.last.breaks()
    expect(FakeSocket.all.length).toBe(count + 1)
  })
})
