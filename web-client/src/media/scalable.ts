import type { CameraLayers } from '@/protocol/messages'

export interface Codec { mimeType: string; sdpFmtpLine?: string }

/** As of WebRTC-SVC, which the language's own types do not know. */
export interface ScalableEncoding extends RTCRtpEncodingParameters { scalabilityMode?: string }

/** The codec in which cameras are sent in several resolutions at once, if that is a way in which they are sent. */
export function scalableCodecs<T extends Codec>(layers: CameraLayers, known: readonly T[]): T[] {
  // Other profiles have more than 8 bits or 4:2:0, and not every browser shows them.
  return known.filter(({ mimeType, sdpFmtpLine = '' }) => mimeType.toLowerCase() === `video/${layers}` && !/profile(-id)?=[^0]/.test(sdpFmtpLine))
}

/** kbit/s of one, two and three resolutions: the sums of simulcast's. */
const KBPS = [150, 600, 2_300]

/**
 * One stream of a picture of this size with resolutions `s0` to the last that is wanted, each half as long as the next.
 * `s0` is the same one whatever comes above it. Only key pictures are made from the resolution below (KEY), so that
 * who is shown a higher one is sent no lower one beside it.
 */
export function scalableEncoding(width = 1280, height = 720, wanted: readonly string[] = ['s2']): ScalableEncoding {
  const long = Math.max(width, height)
  // Browsers make none that is shorter than 240 pixels beside a higher one.
  const highest = long >= 960 ? 2 : long > 400 ? 1 : 0
  const sent = Math.min(highest, wanted.includes('s2') ? 2 : wanted.includes('s1') ? 1 : 0)
  return { scalabilityMode: `L${sent + 1}T1${sent ? '_KEY' : ''}`, scaleResolutionDownBy: 2 ** (highest - sent), maxBitrate: KBPS[sent]! * 1_000 }
}

/** As of WebRTC's header extension control, which the language's own types do not know. */
interface ExtensionControl {
  getHeaderExtensionsToNegotiate?(): { uri: string; direction: string }[]
  setHeaderExtensionsToNegotiate?(all: { uri: string; direction: string }[]): void
}

/** Chromium tells the resolutions of a key picture of AV1 apart by it, but asks for it only where it sends them. */
export function askForDescriptor(transceiver: object): void {
  const its: ExtensionControl = transceiver
  const all = its.getHeaderExtensionsToNegotiate?.()
  for (const one of all ?? []) if (one.uri.includes('dependency-descriptor')) one.direction = 'sendrecv'
  if (all) its.setHeaderExtensionsToNegotiate?.(all)
}
