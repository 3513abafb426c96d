import { fitLayers } from './layers'
import { scalableEncoding } from './scalable'
import type { Bound } from './sections'

const CAMERA_MAX_BITS = 1_800_000
const VOICE_MAX_BITS = 32_000

/** What is filmed, as far as it is known, and which layers of it somebody watches. */
export interface Filmed { width?: number; height?: number; wanted: readonly string[] | undefined }

/** What a section may send: its parameters, changed in place; undefined for a section that sends nothing. */
export function limited({ use, transceiver, scalable }: Bound, { width, height, wanted }: Filmed): RTCRtpSendParameters | undefined {
  if (use !== 'mic' && use !== 'camera') return undefined
  const parameters = transceiver.sender.getParameters()
  const encoding = parameters.encodings?.[0]
  if (!encoding) return undefined
  if (parameters.encodings.length > 1) {
    for (const [rid, { scale, sent }] of fitLayers(width, height)) {
      const layer = parameters.encodings.find((one) => one.rid === rid)
      if (!layer) continue
      layer.active = sent && (wanted?.includes(rid) ?? true)
      layer.scaleResolutionDownBy = scale
    }
  } else if (use === 'mic') {
    encoding.maxBitrate = VOICE_MAX_BITS
    encoding.priority = encoding.networkPriority = 'high'
  } else {
    encoding.maxBitrate = CAMERA_MAX_BITS
    encoding.maxFramerate = 25
    if (scalable) Object.assign(encoding, scalableEncoding(width, height, wanted))
  }
  return parameters
}
