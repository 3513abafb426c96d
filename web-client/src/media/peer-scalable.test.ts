// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CameraLayers } from '@/protocol/messages'
import { MediaPeer } from './peer'
import type { ScalableEncoding } from './scalable'

const CODECS = ['VP8', 'VP9', 'AV1', 'rtx'].map((name) => ({ mimeType: `video/${name}` }))
/** What a browser makes of modes. */
let modes: 'known' | 'refused' | 'ignored'
let report: object[] = []

class FakeTransceiver {
  codecs: string[] = []
  readonly receiver = { track: {} }
  constructor(readonly mid: string, readonly kind: string, private encodings: ScalableEncoding[]) {}
  readonly sender = {
    replaceTrack: () => Promise.resolve(),
    getParameters: () => ({ encodings: structuredClone(this.encodings) }),
    setParameters: ({ encodings }: RTCRtpSendParameters) => ((this.encodings = encodings), Promise.resolve()),
    getStats: () => Promise.resolve(new Map()),
  }
  setCodecPreferences(codecs: { mimeType: string }[]): void {
    this.codecs = codecs.map(({ mimeType }) => mimeType.slice('video/'.length))
  }
}

class FakeConnection {
  static last: FakeConnection
  readonly added: FakeTransceiver[] = []
  connectionState = 'connected'
  signalingState = 'stable'
  localDescription = { sdp: 'offer' }
  onnegotiationneeded: (() => void) | null = null
  constructor() {
    FakeConnection.last = this
    queueMicrotask(() => this.onnegotiationneeded?.())
  }
  addTransceiver(kind: string, { sendEncodings = [{}] }: { sendEncodings?: ScalableEncoding[] }): FakeTransceiver {
    const encodings = structuredClone(sendEncodings)
    const withMode = encodings.find(({ scalabilityMode }) => scalabilityMode)
    if (withMode && modes === 'refused') throw new Error('no such mode')
    if (withMode && modes === 'ignored') delete withMode.scalabilityMode
    const transceiver = new FakeTransceiver(String(this.added.length), kind, encodings)
    this.added.push(transceiver)
    return transceiver
  }
  createOffer = () => Promise.resolve({ sdp: 'offer' })
  setLocalDescription = () => Promise.resolve()
  setRemoteDescription = () => Promise.resolve()
  getStats = () => Promise.resolve(new Map(report.map((entry, index) => [index, entry])))
  close(): void {}
}

let peer: MediaPeer

async function starts(layers: CameraLayers, codecs = CODECS): Promise<{ camera: FakeTransceiver; picture: FakeTransceiver }> {
  vi.stubGlobal('RTCRtpSender', { getCapabilities: (kind: string) => ({ codecs: kind === 'video' ? codecs : [] }) })
  vi.stubGlobal('RTCRtpReceiver', { getCapabilities: (kind: string) => ({ codecs: kind === 'video' ? CODECS : [] }) })
  peer = new MediaPeer(
    { offer: async () => '', close: () => {} },
    { rebuilt: () => {}, renewed: () => {}, agreed: () => {}, sending: () => {}, state: () => {}, stats: () => {}, unanswered: () => {}, moved: () => {}, trouble: () => {} },
    { voiceSlots: 0, tiles: 1, iceServers: [], layers },
  )
  peer.start()
  await vi.advanceTimersByTimeAsync(1)
  const [, camera, picture] = FakeConnection.last.added
  expect(FakeConnection.last.added.map(({ kind }) => kind)).toEqual(['audio', 'video', 'video', 'audio'])
  return { camera: camera!, picture: picture! }
}

const sent = (camera: FakeTransceiver): string => {
  const [{ scalabilityMode, scaleResolutionDownBy, maxBitrate } = {} as ScalableEncoding] = camera.sender.getParameters().encodings
  return `${scalabilityMode} 1/${scaleResolutionDownBy} ${maxBitrate! / 1_000}`
}

beforeEach(() => {
  vi.useFakeTimers()
  modes = 'known'
  report = []
  vi.stubGlobal('RTCPeerConnection', FakeConnection)
})
afterEach(() => {
  peer.close()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a scalable camera', () => {
  it('offers its codec alone, and pictures of others in that one too', async () => {
    const { camera, picture } = await starts('vp9')
    expect(camera.codecs).toEqual(['VP9', 'rtx'])
    expect(picture.codecs).toEqual(['VP8', 'VP9', 'rtx'])
    expect(sent(camera)).toBe('L3T1_KEY 1/1 2300')
  })

  it('makes up to the highest resolution that somebody watches', async () => {
    const { camera } = await starts('av1')
    expect(camera.codecs).toEqual(['AV1', 'rtx'])
    await peer.showCamera({ getSettings: () => ({ width: 1280, height: 720 }) } as MediaStreamTrack)
    peer.wantLayers(['s0', 's1'])
    await vi.advanceTimersByTimeAsync(1)
    expect(sent(camera)).toBe('L2T1_KEY 1/2 600')
    peer.wantLayers(['s0'])
    await vi.advanceTimersByTimeAsync(1)
    expect(sent(camera)).toBe('L1T1 1/4 150')
    peer.wantLayers(['s0', 's1', 's2'])
    await vi.advanceTimersByTimeAsync(1)
    expect(sent(camera)).toBe('L3T1_KEY 1/1 2300')
  })

  it('follows a camera that does not say its size, and one that is turned', async () => {
    const { camera } = await starts('vp9')
    await peer.showCamera({ getSettings: () => ({}) } as MediaStreamTrack)
    report = [{ type: 'media-source', id: 's', width: 640, height: 480 }]
    await vi.advanceTimersByTimeAsync(2_000)
    expect(sent(camera)).toBe('L2T1_KEY 1/1 600')
    peer.wantLayers(['s0'])
    report = [{ type: 'media-source', id: 's', width: 720, height: 1280 }]
    await vi.advanceTimersByTimeAsync(2_000)
    expect(sent(camera)).toBe('L1T1 1/4 150')
  })

  it('is a plain one of VP8 where the browser has no such codec or mode, or does not know of modes', async () => {
    const without = CODECS.filter(({ mimeType }) => mimeType !== 'video/VP9')
    for (const [what, codecs] of [['known', without], ['refused', CODECS], ['ignored', CODECS]] as const) {
      modes = what
      const { camera } = await starts('vp9', codecs)
      expect(camera.codecs, what).toEqual(['VP8', 'rtx'])
      expect(sent(camera), what).toMatch(/^undefined .* 1800$/)
      peer.wantLayers(['s0'])
      await vi.advanceTimersByTimeAsync(1)
      expect(sent(camera), what).toMatch(/^undefined .* 1800$/)
      peer.close()
    }
  })
})
