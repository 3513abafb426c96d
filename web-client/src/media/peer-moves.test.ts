// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PeerWindow } from './ways/networks'
import { MediaPeer } from './peer'
import * as ways from './ways/ways'

let made: FakeConnection[] = []
let windows: string[] = []
let present: (() => Promise<PeerWindow | undefined>) | undefined
let said: string[] = []

class FakeConnection {
  connectionState = 'new'
  signalingState = 'stable'
  localDescription = { sdp: 'a=candidate:1 1 udp 1 10.78.0.2 4000 typ host\r\n' }
  onconnectionstatechange: (() => void) | null = null
  onnegotiationneeded: (() => void) | null = null
  restarts = 0
  closed = false
  private mids = 0
  constructor() {
    made.push(this)
    queueMicrotask(() => this.onnegotiationneeded?.())
  }
  addTransceiver() {
    const sender = { replaceTrack: () => Promise.resolve(), getParameters: () => ({}), getStats: () => Promise.resolve(new Map()) }
    return { mid: String(this.mids++), sender, receiver: { track: { of: made.indexOf(this) } } }
  }
  createOffer = () => Promise.resolve({ sdp: 'offer' })
  setLocalDescription = () => Promise.resolve()
  setRemoteDescription = () => Promise.resolve()
  getStats = () => Promise.resolve(new Map())
  restartIce = () => void this.restarts++
  close = () => void (this.closed = true)
  comes(state: string): void {
    this.connectionState = state
    this.onconnectionstatechange?.()
  }
}

const window_ = (name: string): PeerWindow => ({
  RTCPeerConnection: FakeConnection as never,
  close: () => void windows.push(`${name} closed`),
})

let peer: MediaPeer
let doubts: (silentMs: number, inDoubt: boolean) => Promise<void>
const shown = (): unknown => (peer.voiceTracks()[0]?.track as unknown as { of: number }).of

beforeEach(async () => {
  vi.useFakeTimers()
  made = []
  windows = []
  said = []
  present = undefined
  vi.stubGlobal('RTCPeerConnection', FakeConnection)
  vi.stubGlobal('RTCRtpSender', {})
  vi.stubGlobal('RTCRtpReceiver', {})
  class Ways extends ways.Ways {
    constructor(traveller: ways.Traveller) {
      super(traveller, async (known) => {
        said.push(`looks beyond ${[...(known ?? [])].join()}`)
        return present?.()
      })
      doubts = this.explain.bind(this)
    }
  }
  peer = new MediaPeer(
    { offer: async () => '', close: () => said.push('close') },
    { rebuilt: () => {}, renewed: () => said.push('renewed'), agreed: () => {}, sending: () => {}, state: () => {}, stats: () => {}, unanswered: () => {}, moved: (ms) => said.push(`moved ${ms}`), trouble: () => {} },
    { voiceSlots: 1, tiles: 0, iceServers: [], layers: 'none' },
    () => Promise.resolve({ Ways }),
  )
  peer.start()
  await vi.advanceTimersByTimeAsync(1)
  made[0]!.comes('connected')
  await vi.advanceTimersByTimeAsync(1)
  said = []
})
afterEach(() => {
  peer.close()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a connection whose network is gone', () => {
  it('is followed by one from a window that knows the other network, and stays until that one has settled', async () => {
    present = async () => window_('cell')
    void doubts(400, false)
    await vi.advanceTimersByTimeAsync(1)
    expect(said).toEqual(['looks beyond 10.78.0.2', 'moved 400'])
    expect(made.length).toBe(2)
    expect(shown()).toBe(0)
    made[1]!.comes('connected')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(shown()).toBe(1)
    expect([made[0]!.closed, made[1]!.closed, windows]).toEqual([true, false, []])
  })

  it('leaves the window of its own when the next network comes', async () => {
    for (const name of ['cell', 'yard']) {
      present = async () => window_(name)
      void doubts(400, false)
      await vi.advanceTimersByTimeAsync(1)
      made.at(-1)!.comes('connected')
      await vi.advanceTimersByTimeAsync(1_000)
    }
    expect(windows).toEqual(['cell closed'])
    peer.close()
    expect(windows).toEqual(['cell closed', 'yard closed'])
    expect(made.every(({ closed }) => closed)).toBe(true)
  })

  it('takes new ICE credentials where no other network is seen', async () => {
    void doubts(400, false)
    await vi.advanceTimersByTimeAsync(1)
    expect(made[0]!.restarts).toBe(0)
    void doubts(1_000, true)
    await vi.advanceTimersByTimeAsync(1)
    expect(made[0]!.restarts).toBe(1)
    made[0]!.comes('disconnected')
    await vi.advanceTimersByTimeAsync(2_000)
    expect(made[0]!.restarts).toBe(2)
    expect(made.length).toBe(1)
  })

  it('is followed too when nobody has answered for long, without new ICE credentials', async () => {
    present = async () => window_('cell')
    void doubts(3_000, true)
    await vi.advanceTimersByTimeAsync(1)
    expect(said).toEqual(['looks beyond 10.78.0.2', 'moved 3000'])
    expect([made.length, made[0]!.restarts]).toEqual([2, 0])
  })

  it('looks once when the browser says that there is a network, and whoever asks meanwhile hears what came of it', async () => {
    let found: (window: PeerWindow) => void = () => {}
    present = () => new Promise((resolve) => (found = resolve))
    const changed = peer.networkChanged()
    void doubts(400, false)
    found(window_('cell'))
    await changed
    await vi.advanceTimersByTimeAsync(1)
    expect(said).toEqual(['looks beyond 10.78.0.2', 'moved 400'])
    expect([made.length, made[0]!.restarts]).toEqual([2, 0])
  })

  it('does not look while there is none', async () => {
    vi.stubGlobal('navigator', { onLine: false })
    void doubts(400, false)
    await vi.advanceTimersByTimeAsync(1)
    expect(said).toEqual([])
  })

  it('was given up meanwhile: the window that was found is not kept', async () => {
    let found: (window: PeerWindow) => void = () => {}
    present = () => new Promise((resolve) => (found = resolve))
    void doubts(400, false)
    peer.rebuild()
    found(window_('cell'))
    await vi.advanceTimersByTimeAsync(1)
    expect(windows).toEqual(['cell closed'])
    expect(made.length).toBe(2)
  })
})
