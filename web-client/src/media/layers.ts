/**
 * The simulcast layers of a camera, the lowest first: browsers give up the last one first when the uplink or the
 * processor does not bear all.
 */
export const CAMERA_LAYERS: RTCRtpEncodingParameters[] = layers(['q', 4, 15, 150], ['h', 2, 20, 450], ['f', 1, 25, 1_700])

function layers(...all: [rid: string, scaleResolutionDownBy: number, maxFramerate: number, kbps: number][]): RTCRtpEncodingParameters[] {
  return all.map(([rid, scaleResolutionDownBy, maxFramerate, kbps]) => ({ rid, scaleResolutionDownBy, maxFramerate, maxBitrate: kbps * 1_000 }))
}
