import type { CameraLayers, Use } from '@/protocol/messages'
import { CAMERA_LAYERS } from './layers'
import { askForDescriptor, scalableCodecs, scalableEncoding, type Codec, type ScalableEncoding } from './scalable'

/** One m-line of the offer before it has a mid. */
export interface PlannedSection {
  use: Use
  kind: 'audio' | 'video'
  direction: 'sendonly' | 'recvonly'
  tile?: number
}

/** One m-line of a connection; `scalable` where the browser sends it in several resolutions at once. */
export interface Bound extends PlannedSection { transceiver: RTCRtpTransceiver; scalable: boolean }

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

/**
 * The codecs worth offering. The rest would only swell the offer (twenty sections, each with every
 * profile the browser knows). RED is offered after Opus: it more than doubles the bytes, so each side
 * sends it only while packets are lost (red.ts; the relay by our reports).
 *
 * @param more codecs beside the ordinary ones, or with `alone` instead of them
 */
export function wantedCodecs<T extends Codec>(kind: 'audio' | 'video', offered: readonly T[], more: readonly T[] = [], alone = false): T[] {
  const named = (name: string): T[] => offered.filter((codec) => codec.mimeType.toLowerCase() === `${kind}/${name}`)
  if (kind === 'audio') return [...named('opus'), ...named('red')]
  if (alone) return [...more, ...named('rtx')]
  const h264 = named('h264').filter(({ sdpFmtpLine = '' }) => /packetization-mode=1/.test(sdpFmtpLine) && /profile-level-id=42[0-9a-f]{4}/i.test(sdpFmtpLine))
  // Constrained baseline is what every other device speaks; plain baseline only where it is all there is.
  const constrained = h264.filter((codec) => /profile-level-id=42e0/i.test(codec.sdpFmtpLine!))
  return [...named('vp8'), ...(constrained.length > 0 ? constrained : h264), ...more, ...named('rtx')]
}

/** Adds it to what is offered next. */
export function addSection(pc: RTCPeerConnection, section: PlannedSection, layers: CameraLayers): Bound {
  const { kind, direction, use } = section
  const known = (direction === 'sendonly' ? RTCRtpSender : RTCRtpReceiver).getCapabilities?.(kind)?.codecs ?? []
  const several = scalableCodecs(layers, known)
  const sendEncodings = use !== 'camera' ? undefined : several.length > 0 ? [scalableEncoding()] : layers === 'simulcast' ? CAMERA_LAYERS : undefined
  let transceiver: RTCRtpTransceiver
  try {
    transceiver = pc.addTransceiver(kind, { direction, sendEncodings })
  } catch {
    // The mode is none of this browser's.
    transceiver = pc.addTransceiver(kind, { direction })
  }
  // Who does not know modes passes over them.
  const encodings: ScalableEncoding[] = (use === 'camera' && several.length > 0 && transceiver.sender.getParameters().encodings) || []
  const scalable = encodings.some(({ scalabilityMode }) => scalabilityMode)
  const wanted = wantedCodecs(kind, known, scalable || use === 'picture' ? several : [], scalable)
  if (wanted.length > 0 && 'setCodecPreferences' in transceiver) transceiver.setCodecPreferences(wanted)
  if (layers === 'av1' && use === 'picture') askForDescriptor(transceiver)
  return { ...section, transceiver, scalable }
}
