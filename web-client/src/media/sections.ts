import type { Use } from '@/protocol/messages'

/** One m-line of the offer before it has a mid. */
export interface PlannedSection {
  use: Use
  kind: 'audio' | 'video'
  direction: 'sendonly' | 'recvonly'
  tile?: number
}

/** The fixed pool of sections: agreed once, filled by messages ever after. */
export function planSections(voiceSlots: number, tiles: number): PlannedSection[] {
  const sections: PlannedSection[] = [
    { use: 'mic', kind: 'audio', direction: 'sendonly' },
    { use: 'camera', kind: 'video', direction: 'sendonly' },
  ]
  for (let slot = 0; slot < voiceSlots; slot++) sections.push({ use: 'voice', kind: 'audio', direction: 'recvonly' })
  for (let tile = 0; tile < tiles; tile++) {
    sections.push({ use: 'picture', kind: 'video', direction: 'recvonly', tile })
    sections.push({ use: 'sound', kind: 'audio', direction: 'recvonly', tile })
  }
  return sections
}

interface Codec { mimeType: string; sdpFmtpLine?: string }

/**
 * The codecs worth offering. The rest would only swell the offer (twenty sections, each with every
 * profile the browser knows). RED is offered after Opus: it more than doubles the bytes, so each side
 * sends it only while packets are lost (red.ts; the relay by our reports).
 */
export function wantedCodecs<T extends Codec>(kind: 'audio' | 'video', offered: readonly T[]): T[] {
  const is = (codec: Codec, name: string): boolean => codec.mimeType.toLowerCase() === name
  if (kind === 'audio') return ['audio/opus', 'audio/red'].flatMap((name) => offered.filter((codec) => is(codec, name)))
  const baseline = (codec: Codec): boolean =>
    is(codec, 'video/h264') &&
    /packetization-mode=1/.test(codec.sdpFmtpLine ?? '') &&
    /profile-level-id=42[0-9a-f]{4}/i.test(codec.sdpFmtpLine ?? '')
  const h264 = offered.filter(baseline)
  // Constrained baseline is what every other device speaks; plain baseline only where it is all there is.
  const constrained = h264.filter((codec) => /profile-level-id=42e0/i.test(codec.sdpFmtpLine ?? ''))
  return [
    ...offered.filter((codec) => is(codec, 'video/vp8')),
    ...(constrained.length > 0 ? constrained : h264),
    ...offered.filter((codec) => is(codec, 'video/rtx')),
  ]
}
