import type { FarReport } from './red'

/** What one received or sent section did over the last interval. */
export interface SectionStats {
  mid: string
  kbps: number
  lossPercent: number
  packets: number
  width: number
  height: number
  fps: number
  freezes: number
  framesDecoded: number
  /** Milliseconds since the last packet, as far as two samples tell. */
  silentMs: number
  /** Of a sent section: what the far end reported last. */
  far?: FarReport
  /** 0 to 1, loudness of the interval (root mean square). */
  level: number
}

export interface MediaStats {
  at: number
  rttMs: number
  kbpsUp: number
  kbpsDown: number
  lossPercent: number
  freezes: number
  localAddress: string
  remoteAddress: string
  candidate: string
  limitedBy: string
  /** Of the camera's picture before it is made smaller; absent while nothing is filmed. */
  camera?: { width: number; height: number }
  received: Map<string, SectionStats>
  sent: Map<string, SectionStats>
}

type Entry = Record<string, unknown> & { type: string; id: string }

interface Counters {
  bytes: number
  packets: number
  lost: number
  frames: number
  freezes: number
  energy: number
  duration: number
  lastPacketAt: number
}

/** What has to be remembered from one sample to the next. */
export interface StatsMemory { at: number; counters: Map<string, Counters> }

const number = (value: unknown): number => (typeof value === 'number' ? value : 0)
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Turns two samples of `getStats` into rates. Pure; `entries` is the report's values. */
export function summarise(
  entries: Iterable<unknown>,
  at: number,
  before: StatsMemory | undefined,
): { stats: MediaStats; memory: StatsMemory } {
  const all = [...entries] as Entry[]
  const byId = new Map(all.map((entry) => [entry.id, entry]))
  const memory: StatsMemory = { at, counters: new Map() }
  const seconds = before ? Math.max((at - before.at) / 1000, 0.001) : 0
  const stats: MediaStats = {
    at, rttMs: -1, kbpsUp: 0, kbpsDown: 0, lossPercent: 0, freezes: 0,
    localAddress: '', remoteAddress: '', candidate: '', limitedBy: 'none',
    received: new Map(), sent: new Map(),
  }
  readPath(all, byId, stats)
  let packets = 0
  let lost = 0
  for (const entry of all) {
    if (entry.type === 'media-source' && number(entry.width) > 0) stats.camera = { width: number(entry.width), height: number(entry.height) }
    if (entry.type !== 'inbound-rtp' && entry.type !== 'outbound-rtp') continue
    const inbound = entry.type === 'inbound-rtp'
    const now = countersOf(entry, byId, inbound, at, before?.counters.get(entry.id))
    memory.counters.set(entry.id, now)
    const section = sectionOf(entry, now, before?.counters.get(entry.id), seconds, at)
    if (inbound) {
      stats.kbpsDown += section.kbps
      stats.freezes += section.freezes
      packets += section.packets
      lost += (section.lossPercent / 100) * (section.packets / Math.max(1 - section.lossPercent / 100, 0.01))
      stats.received.set(section.mid, section)
    } else {
      stats.kbpsUp += section.kbps
      const limited = text(entry.qualityLimitationReason)
      if (limited && limited !== 'none') stats.limitedBy = limited
      const far = farReport(byId.get(text(entry.remoteId)))
      stats.sent.set(section.mid, far ? { ...section, far } : section)
    }
  }
  stats.lossPercent = packets + lost > 0 ? (100 * lost) / (packets + lost) : 0
  return { stats, memory }
}

function farReport(remote: Entry | undefined): FarReport | undefined {
  if (!remote || typeof remote.fractionLost !== 'number') return undefined
  return { lossPercent: 100 * remote.fractionLost, at: number(remote.timestamp) }
}

function readPath(all: Entry[], byId: Map<string, Entry>, stats: MediaStats): void {
  const transport = all.find((entry) => entry.type === 'transport')
  const chosen = text(transport?.selectedCandidatePairId)
  const pair = byId.get(chosen) ?? all.find((entry) => entry.type === 'candidate-pair' && entry.nominated === true && entry.state === 'succeeded')
  if (!pair) return
  if (typeof pair.currentRoundTripTime === 'number') stats.rttMs = Math.round(pair.currentRoundTripTime * 1000)
  const local = byId.get(text(pair.localCandidateId))
  const remote = byId.get(text(pair.remoteCandidateId))
  stats.localAddress = local ? `${text(local.address)}:${number(local.port)}` : ''
  stats.remoteAddress = remote ? `${text(remote.address)}:${number(remote.port)}` : ''
  stats.candidate = local ? `${text(local.candidateType)}/${text(local.protocol)}` : ''
}

function countersOf(entry: Entry, byId: Map<string, Entry>, inbound: boolean, at: number, was?: Counters): Counters {
  const packets = number(inbound ? entry.packetsReceived : entry.packetsSent)
  const source = inbound ? entry : (byId.get(text(entry.mediaSourceId)) ?? entry)
  return {
    bytes: number(inbound ? entry.bytesReceived : entry.bytesSent),
    packets,
    lost: number(inbound ? entry.packetsLost : byId.get(text(entry.remoteId))?.packetsLost),
    frames: number(inbound ? entry.framesDecoded : entry.framesEncoded),
    freezes: number(entry.freezeCount),
    energy: number(source.totalAudioEnergy),
    duration: number(source.totalSamplesDuration),
    lastPacketAt: was && was.packets === packets ? was.lastPacketAt : at,
  }
}

function sectionOf(entry: Entry, now: Counters, was: Counters | undefined, seconds: number, at: number): SectionStats {
  const packets = was ? now.packets - was.packets : 0
  const lost = was ? Math.max(now.lost - was.lost, 0) : 0
  const duration = was ? now.duration - was.duration : 0
  return {
    mid: text(entry.mid),
    kbps: was && seconds > 0 ? Math.round(((now.bytes - was.bytes) * 8) / seconds / 1000) : 0,
    lossPercent: packets + lost > 0 ? Math.round((1000 * lost) / (packets + lost)) / 10 : 0,
    packets,
    width: number(entry.frameWidth),
    height: number(entry.frameHeight),
    fps: Math.round(number(entry.framesPerSecond)),
    freezes: was ? Math.max(now.freezes - was.freezes, 0) : 0,
    framesDecoded: now.frames,
    silentMs: at - now.lastPacketAt,
    level: was && duration > 0 ? Math.sqrt(Math.max(now.energy - was.energy, 0) / duration) : 0,
  }
}
