/**
 * The simulcast layers of a camera, the lowest first: browsers give up the last one first when the uplink or the
 * processor does not bear all.
 */
export const CAMERA_LAYERS: RTCRtpEncodingParameters[] = layers(['q', 4, 15, 150], ['h', 2, 20, 450], ['f', 1, 25, 1_700])

/** How long the longer side is of the two lower ones, in pixels. */
const LONG_SIDES: Readonly<Record<string, number>> = { q: 320, h: 640 }

/** Less than this share of the next one is a picture of its own. */
const APART = 0.8

/** What is sent of a picture of this size, layer by layer: small cameras have fewer. */
export function fitLayers(width = 1280, height = 720): Map<string, { scale: number; sent: boolean }> {
  const long = Math.max(width, height)
  const smaller = (rid: string): boolean => LONG_SIDES[rid]! < long * APART
  const scale = (rid: string): number => Math.max(1, long / LONG_SIDES[rid]!)
  return new Map([
    ['q', { scale: smaller('q') ? scale('q') : 1, sent: true }],
    ['h', { scale: scale('h'), sent: smaller('h') }],
    ['f', { scale: 1, sent: smaller('q') }],
  ])
}

function layers(...all: [rid: string, scaleResolutionDownBy: number, maxFramerate: number, kbps: number][]): RTCRtpEncodingParameters[] {
  return all.map(([rid, scaleResolutionDownBy, maxFramerate, kbps]) => ({ rid, scaleResolutionDownBy, maxFramerate, maxBitrate: kbps * 1_000 }))
}
