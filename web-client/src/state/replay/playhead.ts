/** Where a replay is and how it goes on: times in milliseconds, of the incident (`at`) and of who looks on (`now`). */
export interface Playhead {
  /** Where it stood when it was last set, and when that was. */
  readonly at: number
  readonly set: number
  readonly rate: number
  readonly playing: boolean
  /** Plays this span again and again. */
  readonly loop?: readonly [number, number]
}

export interface Span { from: number; until: number }

export const RATES = [1, 2, 4, 8, 16] as const

export function begun(at: number, now: number): Playhead {
  return { at, set: now, rate: 1, playing: false }
}

/** The one clock of all lanes. */
export function positionOf({ at, set, rate, playing, loop }: Playhead, now: number, { until }: Span): number {
  const there = playing ? at + (now - set) * rate : at
  if (loop && playing && at < loop[1] && there >= loop[1]) return loop[0] + ((there - loop[0]) % (loop[1] - loop[0]))
  return Math.min(there, until)
}

/** At the end it stands still. */
export function ticked(head: Playhead, now: number, span: Span): Playhead {
  return head.playing && positionOf(head, now, span) >= span.until ? { ...head, at: span.until, set: now, playing: false } : head
}

export function sought(head: Playhead, to: number, now: number, { from, until }: Span): Playhead {
  return { ...head, at: Math.max(from, Math.min(until, to)), set: now }
}

/** From the end it begins anew. */
export function toggled(head: Playhead, now: number, span: Span): Playhead {
  const at = positionOf(head, now, span)
  return { ...head, at: !head.playing && at >= span.until ? span.from : at, set: now, playing: !head.playing }
}

export function rated(head: Playhead, rate: number, now: number, span: Span): Playhead {
  return { ...head, at: positionOf(head, now, span), set: now, rate }
}

export function faster(head: Playhead, by: 1 | -1, now: number, span: Span): Playhead {
  const index = RATES.indexOf(head.rate as (typeof RATES)[number])
  return rated(head, RATES[Math.max(0, Math.min(RATES.length - 1, index + by))]!, now, span)
}

/** Shorter than a second is a slip of the hand. */
export function looped(head: Playhead, from: number, until: number, now: number, span: Span): Playhead {
  const at = positionOf(head, now, span)
  return { ...head, at, set: now, loop: until - from >= 1000 ? [from, until] : undefined }
}

export function unlooped(head: Playhead, now: number, span: Span): Playhead {
  return { ...head, at: positionOf(head, now, span), set: now, loop: undefined }
}
