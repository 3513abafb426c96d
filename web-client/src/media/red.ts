/** What the far end says of our voice: its share of lost packets, and when it said so (each report counts once). */
export interface FarReport { lossPercent: number; at: number }

export interface RedMemory { on: boolean; lossy: number; calmSince: number | undefined; lastAt: number }

export const RED_OFF: RedMemory = { on: false, lossy: 0, calmSince: undefined, lastAt: -1 }

const LOSSY_PERCENT = 3
const CALM_PERCENT = 1
const LOSSY_REPORTS = 2
const CALM_MS = 10_000

/**
 * Whether our voice is to be sent twice (RFC 2198): it more than doubles the bytes and costs some
 * delay, so only while the way to the server loses packets.
 */
export function redStep(memory: RedMemory, report: FarReport | undefined): RedMemory {
  if (!report || report.at === memory.lastAt) return memory
  const lossy = report.lossPercent > LOSSY_PERCENT ? memory.lossy + 1 : 0
  const calmSince = report.lossPercent < CALM_PERCENT ? (memory.calmSince ?? report.at) : undefined
  const on = memory.on ? calmSince === undefined || report.at - calmSince < CALM_MS : lossy >= LOSSY_REPORTS
  return { on, lossy, calmSince, lastAt: report.at }
}

type Parameters = RTCRtpSendParameters & { encodings: (RTCRtpEncodingParameters & { codec?: RTCRtpCodec })[] }

/** Chooses the codec of the next packets; false where this browser or the agreement cannot. */
export async function sendWithRed(sender: RTCRtpSender, on: boolean): Promise<boolean> {
  const parameters = sender.getParameters() as Parameters
  const wanted = on ? 'audio/red' : 'audio/opus'
  const codec = parameters.codecs?.find(({ mimeType }) => mimeType.toLowerCase() === wanted)
  const encoding = parameters.encodings?.[0]
  if (!codec || !encoding) return false
  encoding.codec = codec
  try {
    await sender.setParameters(parameters)
    // Older browsers take the parameters and leave out what they do not know.
    return (sender.getParameters() as Parameters).encodings[0]?.codec !== undefined
  } catch {
    return false
  }
}
