// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MediaPeer } from './peer'

const ANSWER = 'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111 63\r\na=rtpmap:111 opus/48000/2\r\na=rtpmap:63 red/48000/2\r\n'
const remote: string[] = []
let refuses = false
let report: object[] = []
let built = 0

class FakeConnection {
  connectionState = 'connected'
  signalingState = 'stable'
  localDescription: { sdp: string } | null = null
  onnegotiationneeded: (() => void) | null = null
  private mids = 0
  constructor() {
    built++
    queueMicrotask(() => this.onnegotiationneeded?.())
  }
  addTransceiver() {
    return { mid: String(this.mids++), sender: { replaceTrack: () => Promise.resolve(), getParameters: () => ({}), getStats: () => Promise.resolve(new Map()) }, receiver: { track: {} } }
  }
  createOffer = () => Promise.resolve({ sdp: 'offer' })
  setLocalDescription = (): Promise<void> => {
    this.localDescription = { sdp: 'offer' }
    return Promise.resolve()
  }
  setRemoteDescription = ({ sdp }: { sdp: string }): Promise<void> => {
    if (refuses) return Promise.reject(new Error('no'))
    remote.push(sdp.split('\r\n')[1]!)
    return Promise.resolve()
  }
  restartIce = (): void => queueMicrotask(() => this.onnegotiationneeded?.())
  getStats = () => Promise.resolve(new Map(report.map((entry, index) => [index, entry])))
  close(): void {}
}

let offers = 0
let peer: MediaPeer

/** The relay's next report of our voice, and the time until the page looks at it. */
async function loses(percent: number, at: number): Promise<void> {
  report = [{ type: 'outbound-rtp', id: 'o', mid: '0', remoteId: 'r' }, { type: 'remote-inbound-rtp', id: 'r', fractionLost: percent / 100, timestamp: at }]
  await vi.advanceTimersByTimeAsync(2_000)
}

beforeEach(async () => {
  vi.useFakeTimers()
  remote.length = 0
  offers = built = 0
  refuses = false
  vi.stubGlobal('RTCPeerConnection', FakeConnection)
  vi.stubGlobal('RTCRtpSender', {})
  vi.stubGlobal('RTCRtpReceiver', {})
  peer = new MediaPeer(
    { offer: async () => (offers++, ANSWER), close: () => {} },
    { rebuilt: () => {}, renewed: () => {}, agreed: () => {}, sending: () => {}, state: () => {}, stats: () => {}, unanswered: () => {}, moved: () => {}, trouble: () => {} },
    { voiceSlots: 1, tiles: 0, iceServers: [], layers: 'none' },
  )
  peer.start()
  await vi.advanceTimersByTimeAsync(1)
})
afterEach(() => {
  peer.close()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a lossy way to the server', () => {
  it('has the voice sent twice, without another word to the server, and calm ends that', async () => {
    await loses(5, 1000)
    expect(remote).toEqual(['m=audio 9 UDP/TLS/RTP/SAVPF 111 63'])
    await loses(5, 3000)
    expect(remote.at(-1)).toBe('m=audio 9 UDP/TLS/RTP/SAVPF 63 111')
    for (let at = 5000; at <= 16_000; at += 2000) await loses(0, at)
    expect(remote.at(-1)).toBe('m=audio 9 UDP/TLS/RTP/SAVPF 111 63')
    expect([remote.length, offers, built]).toEqual([3, 1, 1])
  })

  it('stays one over an ICE restart', async () => {
    await loses(5, 1000)
    await loses(5, 3000)
    peer.restartIce()
    await vi.advanceTimersByTimeAsync(1)
    expect([offers, remote.at(-1)]).toEqual([2, 'm=audio 9 UDP/TLS/RTP/SAVPF 63 111'])
  })

  it('costs a new connection at most, when the browser does not play along', async () => {
    await loses(5, 1000)
    refuses = true
    await loses(5, 3000)
    refuses = false
    await vi.advanceTimersByTimeAsync(1_000)
    await loses(5, 5000)
    await loses(5, 7000)
    expect([built, remote.at(-1)]).toEqual([2, 'm=audio 9 UDP/TLS/RTP/SAVPF 111 63'])
  })
})
