import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { WatchQuality } from '@/protocol/messages'
import { troubleOf } from './devices'
import { CAPTURE_MS, DETACH_MS, Keying } from './keying'
import { grade, silentHop, tileGrade } from './quality'
import { preferRed, RED_OFF, redStep } from './red'
import { planSections, wantedCodecs } from './sections'
import { summarise, type SectionStats } from './stats'

describe('the sections of an offer', () => {
  it('are microphone, camera, voices, and picture and sound of each tile', () => {
    expect(planSections(2, 1).map(({ use, tile }) => (tile === undefined ? use : `${use}${tile}`))).toEqual(['mic', 'camera', 'voice', 'voice', 'picture0', 'sound0'])
    expect(planSections(4, 9)).toHaveLength(24)
  })

  it('offer RED after Opus for whatever is heard, VP8 before constrained baseline for pictures', () => {
    const audio = [{ mimeType: 'audio/opus' }, { mimeType: 'audio/red' }, { mimeType: 'audio/G722' }]
    expect(wantedCodecs('audio', audio).map(({ mimeType }) => mimeType)).toEqual(['audio/opus', 'audio/red'])
    const h264 = (profile: string, mode: number) => ({ mimeType: 'video/H264', sdpFmtpLine: `level-asymmetry-allowed=1;packetization-mode=${mode};profile-level-id=${profile}` })
    const video = [h264('42001f', 1), h264('42e01f', 0), h264('42e01f', 1), { mimeType: 'video/AV1' }, { mimeType: 'video/rtx' }, { mimeType: 'video/VP8' }]
    expect(wantedCodecs('video', video)).toEqual([{ mimeType: 'video/VP8' }, h264('42e01f', 1), { mimeType: 'video/rtx' }])
    expect(wantedCodecs('video', video, [video[3]!]).map(({ mimeType }) => mimeType)).toEqual(['video/VP8', 'video/H264', 'video/AV1', 'video/rtx'])
  })
})

describe('the keying of the microphone', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function rig() {
    const track = { enabled: true } as MediaStreamTrack
    const calls: (MediaStreamTrack | null)[] = []
    const keying = new Keying()
    keying.useTrack(track)
    keying.use({ replaceTrack: (next) => (calls.push(next), Promise.resolve()) })
    vi.advanceTimersByTime(1)
    calls.length = 0
    return { track, calls, keying }
  }

  it('is silent until it is keyed', () => {
    expect(rig().track.enabled).toBe(false)
  })

  it('speaks at once', () => {
    const { track, calls, keying } = rig()
    keying.on()
    expect([track.enabled, calls]).toEqual([true, [track]])
  })

  it('lets the last syllable out when the key is let go, and leaves the uplink a moment later', () => {
    const { track, calls, keying } = rig()
    keying.on()
    keying.off(true)
    vi.advanceTimersByTime(CAPTURE_MS - 1)
    expect(track.enabled).toBe(true)
    vi.advanceTimersByTime(1)
    expect(track.enabled).toBe(false)
    vi.advanceTimersByTime(DETACH_MS - CAPTURE_MS - 1)
    expect(calls).toEqual([track])
    vi.advanceTimersByTime(1)
    expect(calls).toEqual([track, null])
  })

  it('is silent at once when somebody else has taken the floor', () => {
    const { track, keying } = rig()
    keying.on()
    keying.off()
    expect(track.enabled).toBe(false)
  })

  it('keeps the uplink when it is keyed again within the tail', () => {
    const { calls, keying, track } = rig()
    keying.on()
    keying.off(true)
    vi.advanceTimersByTime(DETACH_MS / 2)
    keying.on()
    expect(track.enabled).toBe(true)
    vi.advanceTimersByTime(1000)
    expect([track.enabled, calls]).toEqual([true, [track]])
  })

  it('goes on over a new peer connection', () => {
    const { keying, track } = rig()
    keying.on()
    const calls: (MediaStreamTrack | null)[] = []
    keying.use({ replaceTrack: (next) => (calls.push(next), Promise.resolve()) })
    expect(calls).toEqual([track])
  })
})

const inbound = (more: object) => ({ type: 'inbound-rtp', id: 'in', mid: '3', packetsReceived: 0, packetsLost: 0, bytesReceived: 0, framesDecoded: 0, ...more })

describe('statistics', () => {
  it('are rates between two samples', () => {
    const first = summarise([inbound({ packetsReceived: 100, bytesReceived: 10_000 })], 0, undefined)
    const path = [
      { type: 'transport', id: 't', selectedCandidatePairId: 'p' },
      { type: 'candidate-pair', id: 'p', currentRoundTripTime: 0.042, localCandidateId: 'l', remoteCandidateId: 'r' },
      { type: 'local-candidate', id: 'l', address: '10.0.0.2', port: 5, candidateType: 'host', protocol: 'udp' },
      { type: 'remote-candidate', id: 'r', address: '10.0.0.1', port: 10000 },
    ]
    const { stats } = summarise([...path, inbound({ packetsReceived: 190, packetsLost: 10, bytesReceived: 260_000, framesPerSecond: 24.6, frameWidth: 640, frameHeight: 360 })], 2000, first.memory)
    expect(stats).toMatchObject({ rttMs: 42, kbpsDown: 1000, lossPercent: 10, localAddress: '10.0.0.2:5', candidate: 'host/udp' })
    expect(stats.received.get('3')).toMatchObject({ kbps: 1000, lossPercent: 10, fps: 25, width: 640, silentMs: 0 })
  })

  it('tell how long nothing has come', () => {
    const one = summarise([inbound({ packetsReceived: 5 })], 0, undefined)
    const two = summarise([inbound({ packetsReceived: 5 })], 2000, one.memory)
    const three = summarise([inbound({ packetsReceived: 5 })], 4000, two.memory)
    expect(three.stats.received.get('3')?.silentMs).toBe(4000)
  })

  it('do not stumble over missing figures', () => {
    expect(summarise([{ type: 'inbound-rtp', id: 'x' }, { type: 'outbound-rtp', id: 'y' }], 1, undefined).stats.rttMs).toBe(-1)
  })
})

describe('sending the voice twice', () => {
  const after = (...reports: [number, number][]) => reports.reduce((memory, [at, lossPercent]) => redStep(memory, { at, lossPercent }), RED_OFF).on

  it('begins when two reports tell of loss, and a report counts once', () => {
    expect(after([0, 4])).toBe(false)
    expect(after([0, 4], [0, 4])).toBe(false)
    expect(after([0, 4], [1000, 5])).toBe(true)
    expect(after([0, 4], [1000, 2], [2000, 4])).toBe(false)
    expect(redStep(RED_OFF, undefined)).toBe(RED_OFF)
  })

  it('ends when the way was calm for ten seconds', () => {
    const lossy: [number, number][] = [[0, 4], [1000, 5]]
    expect(after(...lossy, [2000, 0], [11_000, 0])).toBe(true)
    expect(after(...lossy, [2000, 0], [12_000, 0])).toBe(false)
    expect(after(...lossy, [2000, 0], [7000, 2], [8000, 0], [12_000, 0])).toBe(true)
  })

  it('is a matter of order in the answer, in the microphone’s section and nowhere else', () => {
    const answer = ['v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111 63', 'a=rtpmap:111 opus/48000/2', 'a=rtpmap:63 red/48000/2', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', ''].join('\r\n')
    const swapped = preferRed(answer, true)!
    expect(swapped.split('\r\n').filter((line) => line.startsWith('m='))).toEqual(['m=audio 9 UDP/TLS/RTP/SAVPF 63 111', 'm=audio 9 UDP/TLS/RTP/SAVPF 111'])
    expect(preferRed(swapped, false)).toBe(answer)
    expect(preferRed(answer, false)).toBe(answer)
  })

  it('is left alone where it was not agreed on', () => {
    expect(preferRed('v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=rtpmap:111 opus/48000/2\r\n', true)).toBeUndefined()
    expect(preferRed('v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:63 red/48000/2\r\n', true)).toBeUndefined()
    expect(preferRed('', true)).toBeUndefined()
  })
})

it('what the far end reports of our voice stands in the statistics', () => {
  const sent = [{ type: 'outbound-rtp', id: 'o', mid: '0', remoteId: 'r' }, { type: 'remote-inbound-rtp', id: 'r', fractionLost: 0.05, timestamp: 77 }]
  expect(summarise(sent, 1, undefined).stats.sent.get('0')?.far).toEqual({ lossPercent: 5, at: 77 })
})

const far = (more: Partial<WatchQuality> = {}): WatchQuality => ({
  type: 'watch.quality', seq: 1, tile: 0, camera: 'ok', uplink: { lossPercent: 0, kbps: 1500, silentMs: 10 }, server: 'ok', downlink: { lossPercent: 0 }, ...more,
})
const here = (more: Partial<SectionStats> = {}): SectionStats => ({
  mid: '3', kbps: 1500, lossPercent: 0, packets: 200, width: 1280, height: 720, fps: 25, freezes: 0, framesDecoded: 99, silentMs: 0, level: 0, ...more,
})
const still = here({ packets: 0, kbps: 0, silentMs: 6000 })

describe('the silent hop', () => {
  it('is named from the camera to this page', () => {
    expect(silentHop(far(), here())).toBe('ok')
    expect(silentHop(far({ camera: 'off' }), still)).toBe('camera-off')
    expect(silentHop(far({ camera: 'silent' }), still)).toBe('camera-silent')
    expect(silentHop(far({ uplink: { lossPercent: 0, kbps: 0, silentMs: 8000 } }), still)).toBe('uplink-silent')
    expect(silentHop(far({ server: 'overloaded' }), here())).toBe('server')
    expect(silentHop(far(), still)).toBe('downlink-silent')
    expect(silentHop(far({ uplink: { lossPercent: 20, kbps: 900, silentMs: 9 } }), here())).toBe('uplink-weak')
    expect(silentHop(far(), here({ lossPercent: 15 }))).toBe('downlink-weak')
    expect(silentHop(undefined, here({ framesDecoded: 0 }))).toBe('starting')
  })

  it('is nobody while the picture moves, whatever was said before', () => {
    expect(silentHop(far({ camera: 'off', uplink: { lossPercent: 0, kbps: 0, silentMs: 9000 } }), here())).toBe('ok')
  })
})

describe('the quality chips', () => {
  it('say good, fair, poor or nothing', () => {
    const stats = summarise([], 1, undefined).stats
    expect(grade(false, 'connected', stats)).toBe('none')
    expect(grade(true, 'failed', stats)).toBe('poor')
    expect(grade(true, 'connected', { ...stats, rttMs: 30 })).toBe('good')
    expect(grade(true, 'connected', { ...stats, rttMs: 200 })).toBe('fair')
    expect(grade(true, 'connected', { ...stats, rttMs: 30, lossPercent: 12 })).toBe('poor')
    expect(tileGrade(here(), 30, 'ok')).toBe('good')
    expect(tileGrade(here({ fps: 6 }), 30, 'ok')).toBe('fair')
    expect(tileGrade(here(), 30, 'uplink-weak')).toBe('poor')
  })
})

it('names of browser errors become words of ours', () => {
  expect(['NotAllowedError', 'NotFoundError', 'NotReadableError', 'WeirdError'].map(troubleOf)).toEqual(['denied', 'missing', 'busy', 'failed'])
})
