// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MediaPeer } from './peer'

let report: object[] = []
let sent: RTCRtpEncodingParameters[] = []

class FakeConnection {
  connectionState = 'connected'
  signalingState = 'stable'
  localDescription = { sdp: 'offer' }
  onnegotiationneeded: (() => void) | null = null
  private mids = 0
  constructor() {
    queueMicrotask(() => this.onnegotiationneeded?.())
  }
  addTransceiver(_: string, { sendEncodings = [{}] }: RTCRtpTransceiverInit) {
    const sender = {
      replaceTrack: () => Promise.resolve(),
      getParameters: () => ({ encodings: structuredClone(sendEncodings) }),
      setParameters: ({ encodings }: RTCRtpSendParameters) => {
        if (encodings.length > 1) sent = encodings
        return Promise.resolve()
      },
      getStats: () => Promise.resolve(new Map()),
    }
    return { mid: String(this.mids++), sender, receiver: { track: {} } }
  }
  createOffer = () => Promise.resolve({ sdp: 'offer' })
  setLocalDescription = () => Promise.resolve()
  setRemoteDescription = () => Promise.resolve()
  getStats = () => Promise.resolve(new Map(report.map((entry, index) => [index, entry])))
  close(): void {}
}

let peer: MediaPeer
const layers = (): string[] => sent.filter(({ active }) => active).map(({ rid, scaleResolutionDownBy }) => `${rid} 1/${scaleResolutionDownBy}`)

beforeEach(async () => {
  vi.useFakeTimers()
  report = []
  vi.stubGlobal('RTCPeerConnection', FakeConnection)
  vi.stubGlobal('RTCRtpSender', {})
  vi.stubGlobal('RTCRtpReceiver', {})
  peer = new MediaPeer(
    { offer: async () => '', close: () => {} },
    { rebuilt: () => {}, renewed: () => {}, agreed: () => {}, sending: () => {}, state: () => {}, stats: () => {}, unanswered: () => {}, moved: () => {}, trouble: () => {} },
    { voiceSlots: 1, tiles: 0, iceServers: [], layers: 'simulcast' },
  )
  peer.start()
  await vi.advanceTimersByTimeAsync(1)
})
afterEach(() => {
  peer.close()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the layers of a camera', () => {
  it('are as many as its size is worth, those of them that somebody watches', async () => {
    await peer.showCamera({ getSettings: () => ({ width: 1280, height: 720 }) } as MediaStreamTrack)
    await vi.advanceTimersByTimeAsync(1)
    expect(layers()).toEqual(['q 1/4', 'h 1/2', 'f 1/1'])
    peer.wantLayers(['q', 'f'])
    await vi.advanceTimersByTimeAsync(1)
    expect(layers()).toEqual(['q 1/4', 'f 1/1'])
  })

  it('follow a camera that does not say its size, and one that is turned', async () => {
    await peer.showCamera({ getSettings: () => ({}) } as MediaStreamTrack)
    report = [{ type: 'media-source', id: 's', width: 640, height: 480 }]
    await vi.advanceTimersByTimeAsync(2_000)
    expect(layers()).toEqual(['q 1/2', 'f 1/1'])
    report = [{ type: 'media-source', id: 's', width: 240, height: 320 }]
    await vi.advanceTimersByTimeAsync(2_000)
    expect(layers()).toEqual(['q 1/1'])
  })
})
