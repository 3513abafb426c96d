// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Bound } from '../sections'
import type { SectionStats } from '../stats'
import type { PeerWindow } from './networks'
import { Ways, type Traveller } from './ways'

let received = 0
let sent = 0
let readings = 0
let said: string[] = []
let now: ReturnType<Traveller['now']>
let ways: Ways

const connection = (): RTCPeerConnection => ({ connectionState: 'connected' }) as RTCPeerConnection
let getStats = async (): Promise<Map<string, object>> => {
  readings++
  return new Map([['T', { type: 'transport', bytesSent: sent, bytesReceived: received }]])
}
const report = getStats
const bound = [
  { use: 'camera', transceiver: { mid: '0', sender: { getStats: () => getStats() } } },
  { use: 'picture', transceiver: { mid: '1', receiver: { getStats: () => getStats() } } },
] as unknown as Bound[]
const films = (): void => void (now = { pc: connection(), bound, films: true, received: [] })
const looks = (kbps = 300): void => void (now = { pc: connection(), bound, films: false, received: [{ mid: '1', kbps } as SectionStats] })

async function passes(ms: number, each: () => void = () => {}): Promise<void> {
  for (let gone = 0; gone < ms; gone += 50) {
    each()
    await vi.advanceTimersByTimeAsync(50)
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  received = sent = readings = 0
  said = []
  getStats = report
  now = { pc: undefined, bound: [], films: false, received: [] }
  ways = new Ways(
    { now: () => now, replace: () => said.push('replaced'), moved: () => said.push('moved'), unanswered: () => said.push('unanswered') },
    async () => void said.push('looked'),
  )
})
afterEach(() => {
  ways.stop()
  vi.useRealTimers()
})

describe('the ways of a connection', () => {
  it('are looked at within half a second when a picture that leaves is not answered, and in doubt after one', async () => {
    films()
    await passes(2_000, () => {
      sent += 2_000
      received += 40
    })
    expect(said).toEqual([])
    await passes(500, () => (sent += 2_000))
    expect(said).toEqual(['looked'])
    await passes(900, () => (sent += 2_000))
    expect(said.at(-1)).toBe('unanswered')
  })

  it('are looked at within a second and a half when a picture that came comes no longer', async () => {
    looks()
    await passes(3_000, () => (received += 2_000))
    await passes(1_500)
    expect(said[0]).toBe('looked')
  })

  it('are read seldom by who has heard nothing for long, and not at all after the end', async () => {
    looks()
    received = 1
    await passes(20_000)
    readings = 0
    await passes(20_000)
    expect(readings).toBe(10)
    ways.stop()
    await passes(5_000)
    expect(readings).toBe(10)
  })

  it('of another connection are judged anew', async () => {
    films()
    await passes(1_000, () => (sent += 2_000))
    films()
    said = []
    await passes(200, () => (sent += 2_000))
    expect(said).toEqual([])
  })

  it('are looked for once, whoever asks meanwhile, and all hear what came of it', async () => {
    films()
    let found: (home: PeerWindow) => void = () => {}
    let looks = 0
    now.pc = { connectionState: 'connected', localDescription: null } as unknown as RTCPeerConnection
    const other = new Ways(
      { now: () => now, replace: () => said.push('replaced'), moved: () => said.push('moved'), unanswered: () => said.push('unanswered') },
      () => {
        looks++
        return new Promise((done) => (found = done))
      },
    )
    other.stop()
    const asked = [other.lookAround(), other.lookAround()]
    found({ close: () => {} } as unknown as PeerWindow)
    expect(await Promise.all(asked)).toEqual([true, true])
    expect([looks, said]).toEqual([1, ['replaced']])
  })

  it('are not read while there is no connection, or its report fails', async () => {
    await passes(2_000)
    expect(readings).toBe(0)
    films()
    getStats = () => Promise.reject(new Error('gone'))
    await passes(2_000)
    expect(said).toEqual([])
  })
})
