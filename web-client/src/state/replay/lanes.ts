import type { EvidenceItem, TimelineEntry } from '@/protocol/incidents'
import type { Mark, RecordedSpan, Replay } from '@/protocol/replay'

export type LaneKind = 'steps' | 'orders' | 'voice' | 'alerts' | 'evidence' | 'marks' | 'pictures'

/** Something on a lane; `until` where it lasts. `line` where it has words on the time line. */
export interface Beat { id: string; at: number; until: number; tone: string; line?: TimelineEntry; burst?: Burst; evidence?: EvidenceItem; mark?: Mark }

export interface Burst { id: string; at: number; until: number; call: string; unit?: string; who: string; audio: boolean }
export interface Lane { id: string; kind: LaneKind; name?: string; beats: Beat[] }

/** What the page was told. */
export interface Told { replay: Replay; lines: readonly TimelineEntry[]; evidence: readonly EvidenceItem[]; marks: readonly Mark[]; recordings: readonly RecordedSpan[] }

const CLOSING = ['close', 'reopen', 'escalate']

/** Everything that was told, in lanes on one clock: empty lanes are left out, but for the steps. */
export function lanesOf({ replay, lines, evidence, marks, recordings }: Told): Lane[] {
  const steps: Beat[] = []
  const orders: Beat[] = []
  const alerts: Beat[] = []
  const voices = new Map<string, Beat[]>(replay.calls.map(({ id }) => [id, []]))
  lines.forEach((line, index) => {
    const at = Date.parse(line.at)
    const beat: Beat = { id: `line-${index}`, at, until: at, tone: line.kind, line }
    const burst = burstOf(line)
    if (burst) {
      const voice = voices.get(burst.call) ?? []
      voices.set(burst.call, voice)
      voice.push({ ...beat, until: burst.until, burst })
    } else if (line.kind === 'order' || line.kind === 'orderStep') orders.push({ ...beat, tone: line.kind === 'order' ? 'order' : `step-${text(line, 'step')}` })
    else if (/^(review|evidence|recording(Began|Ended))/.test(line.kind)) return
    else steps.push(CLOSING.includes(line.kind) ? { ...beat, tone: 'close' } : beat)
  })
  for (const { id, at, endedAt, tier } of replay.alerts) {
    const began = Date.parse(at)
    alerts.push({ id: `alert-${id}`, at: began, until: Math.max(began, endedAt ? Date.parse(endedAt) : Date.parse(replay.until)), tone: tier })
  }
  const shown: Beat[] = evidence.map((item) => ({ id: `evidence-${item.id}`, at: Date.parse(item.at), until: Date.parse(item.at), tone: item.video ? 'video' : 'photo', evidence: item }))
  const noted: Beat[] = marks.map((mark) => ({ id: `mark-${mark.id}`, at: Date.parse(mark.at), until: Date.parse(mark.at), tone: mark.kind, mark }))
  const pictures = new Map<string, Lane>()
  for (const span of recordings.filter(({ medium }) => medium === 'picture')) {
    const lane = pictures.get(span.unit) ?? { id: `pictures-${span.unit}`, kind: 'pictures', name: span.name, beats: [] }
    pictures.set(span.unit, lane)
    lane.beats.push({ id: `picture-${span.unit}-${span.from}`, at: Date.parse(span.from), until: Date.parse(span.until ?? replay.until), tone: span.complete ? 'whole' : 'broken' })
  }
  const lanes: Lane[] = [
    { id: 'steps', kind: 'steps', beats: steps },
    { id: 'alerts', kind: 'alerts', beats: alerts },
    ...[...voices].map(([id, beats]): Lane => ({ id: `voice-${id}`, kind: 'voice', name: replay.calls.find((call) => call.id === id)?.name ?? id, beats })),
    { id: 'orders', kind: 'orders', beats: orders },
    { id: 'evidence', kind: 'evidence', beats: shown },
    { id: 'marks', kind: 'marks', beats: noted },
    ...pictures.values(),
  ]
  return lanes.filter(({ kind, beats }) => kind === 'steps' || beats.length > 0)
}

function text(line: TimelineEntry, name: string): string {
  const value = line.details?.[name]
  return typeof value === 'string' ? value : ''
}

function burstOf(line: TimelineEntry): Burst | undefined {
  const id = text(line, 'burst')
  if (line.kind !== 'burst' || !id) return undefined
  const at = Date.parse(line.at)
  return { id, at, until: at + (Number(text(line, 'durationMs')) || 0), call: text(line, 'call'), unit: text(line, 'unit') || undefined, who: line.who ?? '', audio: text(line, 'audio') !== 'false' }
}

/** From its opening to its end, and whatever was told from before or after. */
export function spanOf({ replay, lines }: Told): { from: number; until: number } {
  const times = lines.map(({ at, kind }) => (kind.startsWith('review') ? NaN : Date.parse(at))).filter((at) => Number.isFinite(at))
  const from = Math.min(Date.parse(replay.from), ...times)
  return { from, until: Math.max(from + 1000, Date.parse(replay.until), ...times) }
}

/** All events in the order of time; that a camera runs is none. */
export function beatsOf(lanes: readonly Lane[]): Beat[] {
  return lanes.filter(({ kind }) => kind !== 'pictures').flatMap(({ beats }) => beats).sort((a, b) => a.at - b.at || a.id.localeCompare(b.id))
}

/** Index of the last one that has begun, -1 before the first. */
export function reached(beats: readonly Beat[], at: number): number {
  let low = 0
  let high = beats.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (beats[middle]!.at <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** The time of the next event, or of the one before; events within a quarter of a second are one. */
export function neighbour(beats: readonly Beat[], at: number, by: 1 | -1): number | undefined {
  const near = 250
  if (by > 0) return beats.find((beat) => beat.at > at + near)?.at
  return [...beats].reverse().find((beat) => beat.at < at - near)?.at
}

/** Whether a picture is to be seen then. */
export function isSeen(recordings: readonly RecordedSpan[], at: number): boolean {
  return recordings.some(({ from, until }) => Date.parse(from) <= at && (until === undefined || at < Date.parse(until)))
}

/** Where to go on when nothing happens for long: shortly before the next event. */
export function skipped(beats: readonly Beat[], at: number): number | undefined {
  const [quiet, before] = [60_000, 3_000]
  if (beats.some((beat) => beat.at <= at && at < beat.until && beat.burst)) return undefined
  const next = neighbour(beats, at, 1)
  return next !== undefined && next - at > quiet ? next - before : undefined
}
