import type { RecordedSpan } from '@/protocol/replay'

/** The part of a recording that is fetched as one piece. */
export interface Window { key: string; from: number; until: number }

const WINDOW_MS = 600_000
/** What is still recorded is fetched in short pieces, since each is as long as it was when it was asked for. */
const LIVE_MS = 30_000

/** Which piece holds this moment; nothing where the recording does not. */
export function windowOf(span: RecordedSpan, at: number, now: number): Window | undefined {
  const begin = Date.parse(span.from)
  const end = span.until ? Date.parse(span.until) : now
  if (at < begin || at >= end) return undefined
  const size = span.until ? WINDOW_MS : LIVE_MS
  const from = begin + Math.floor((at - begin) / size) * size
  const until = Math.min(from + size, end)
  return { key: `${span.unit} ${from} ${span.until ? '' : until}`, from, until }
}
