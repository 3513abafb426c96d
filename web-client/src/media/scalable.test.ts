import { describe, expect, it } from 'vitest'
import { askForDescriptor, scalableCodecs, scalableEncoding } from './scalable'

const codec = (mimeType: string, sdpFmtpLine?: string) => ({ mimeType, ...(sdpFmtpLine ? { sdpFmtpLine } : {}) })

describe('a scalable camera', () => {
  const sent = (width: number, height: number, wanted?: string[]): string => {
    const { scalabilityMode, scaleResolutionDownBy, maxBitrate } = scalableEncoding(width, height, wanted)
    return `${scalabilityMode} ${width / scaleResolutionDownBy!}×${height / scaleResolutionDownBy!} ${maxBitrate! / 1_000}`
  }

  it('has as many resolutions as its size is worth', () => {
    expect(sent(1280, 720)).toBe('L3T1_KEY 1280×720 2300')
    expect(sent(720, 1280)).toBe('L3T1_KEY 720×1280 2300')
    expect(sent(640, 480)).toBe('L2T1_KEY 640×480 600')
    expect(sent(320, 240)).toBe('L1T1 320×240 150')
    expect(scalableEncoding(), 'of a size that is not known yet').toEqual(scalableEncoding(1280, 720))
  })

  it('is sent up to the highest that somebody watches, and each stays what it is', () => {
    expect(sent(1280, 720, ['s0', 's1', 's2'])).toBe(sent(1280, 720))
    expect(sent(1280, 720, ['s0', 's2'])).toBe(sent(1280, 720))
    expect(sent(1280, 720, ['s0', 's1'])).toBe('L2T1_KEY 640×360 600')
    expect(sent(1280, 720, ['s0'])).toBe('L1T1 320×180 150')
    expect(sent(640, 480, ['s0'])).toBe('L1T1 320×240 150')
    expect(sent(640, 480, ['s0', 's2']), 'which a small one has none of').toBe('L2T1_KEY 640×480 600')
    expect(sent(1280, 720, []), 'the lowest always').toBe('L1T1 320×180 150')
  })

  it('is of the plain profile of the codec that is asked for', () => {
    const vp9 = codec('video/VP9', 'profile-id=0')
    const av1 = codec('video/AV1', 'level-idx=5;profile=0;tier=0')
    const known = [codec('video/VP8'), codec('video/VP9', 'profile-id=2'), vp9, codec('video/AV1', 'level-idx=5;profile=1;tier=0'), av1, codec('video/rtx')]
    expect(scalableCodecs('vp9', known)).toEqual([vp9])
    expect(scalableCodecs('av1', known)).toEqual([av1])
    expect(scalableCodecs('vp9', [codec('video/VP9')]), 'which is the one that is not said').toHaveLength(1)
    for (const other of ['none', 'simulcast'] as const) expect(scalableCodecs(other, known)).toEqual([])
  })

  it('has its packets described where the browser lets itself be asked', () => {
    const all = [{ uri: 'urn:mid', direction: 'sendrecv' }, { uri: 'https://x/#dependency-descriptor-rtp-header-extension', direction: 'stopped' }]
    const set: unknown[] = []
    askForDescriptor({ getHeaderExtensionsToNegotiate: () => structuredClone(all), setHeaderExtensionsToNegotiate: (now: unknown) => set.push(now) })
    expect(set).toEqual([[all[0], { ...all[1], direction: 'sendrecv' }]])
    expect(() => askForDescriptor({})).not.toThrow()
  })
})
