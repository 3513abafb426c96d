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

/**
 * The answer with RED before or behind Opus in the microphone's section, which is the first one. A
 * browser sends its voice twice when RED stands first (RFC 8866 §5.14: formats in order of
 * preference); choosing the codec by `setParameters` is accepted and changes nothing (Chromium 156).
 * Undefined where RED was not agreed on.
 */
export function preferRed(answer: string, on: boolean): string | undefined {
  const lines = answer.split('\r\n')
  const from = lines.findIndex((line) => line.startsWith('m='))
  const next = lines.findIndex((line, index) => index > from && line.startsWith('m='))
  const section = lines.slice(from, next < 0 ? undefined : next)
  const red = section.map((line) => /^a=rtpmap:(\d+) red\/48000/i.exec(line)?.[1]).find((type) => type !== undefined)
  if (!red || !lines[from]?.startsWith('m=audio')) return undefined
  const [media, port, protocol, ...formats] = lines[from].split(' ')
  const others = formats.filter((format) => format !== red)
  lines[from] = [media, port, protocol, ...(on ? [red, ...others] : [...others, red])].join(' ')
  return lines.join('\r\n')
}
