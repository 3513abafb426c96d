/** Nobody notices what is off by less; milliseconds of the clock on the wall, as below. */
const NEAR_MS = 60
/** So near it is let alone again. */
const THERE_MS = 20
/** What is off by more is caught up with by a jump, which is heard and seen. */
const FAR_MS = 200
/** So much faster or slower nobody hears: a voice keeps its pitch. */
const LEAN = 0.08
/** Between two jumps: the first one needs its time to be heard. */
const SETTLE_MS = 1_000
const MOST_LEAD_MS = 1_500
/** A picture that stands is not moved for less. */
const STANDING_MS = 120
/** The clock itself has jumped where it is off by more from what it was to be. */
const SOUGHT_MS = 300
/** Browsers play no faster. */
const FASTEST = 16

export interface Step {
  /** How fast it is to play. */
  rate: number
  /** Where it is to go on from, in milliseconds of its own. */
  jump?: number
}

/** How long this browser takes for a jump, as told by the last ones: shared by all that it plays of one kind. */
export class Lead {
  ms = 0

  late(byMs: number): void {
    this.ms = Math.min(MOST_LEAD_MS, Math.max(0, this.ms + byMs))
  }
}

/**
 * Keeps one recorded voice or picture to the replay's clock. A jump takes a browser some time, on a slow computer
 * more than what a listener notices; to jump again for that would never end. So each jump aims ahead by what
 * the last ones were late, waits until it has settled, and the rest is made up by playing a little faster.
 */
export class Pace {
  private leans = false
  private jumpedMs = -Infinity
  private last: { wanted: number; rate: number; nowMs: number } | undefined

  constructor(private readonly lead = new Lead()) {}

  /** `at` and `wanted`: where it is and where the clock is, in milliseconds of its own; `rate` 0 where it stands. */
  step(at: number, wanted: number, rate: number, nowMs: number): Step {
    const sought = this.sought(wanted, rate, nowMs)
    if (rate === 0) return Math.abs(wanted - at) > STANDING_MS ? { rate, jump: wanted } : { rate }
    const lateMs = (wanted - at) / rate
    if (Math.abs(lateMs) > FAR_MS && (sought || nowMs - this.jumpedMs >= SETTLE_MS)) return this.jump(wanted, rate, nowMs, sought ? 0 : lateMs)
    this.leans = Math.abs(lateMs) > (this.leans ? THERE_MS : NEAR_MS)
    return { rate: this.leans ? Math.min(FASTEST, rate * (lateMs > 0 ? 1 + LEAN : 1 - LEAN)) : rate }
  }

  private jump(wanted: number, rate: number, nowMs: number, lateMs: number): Step {
    // What was late long after a jump is no fault of that jump.
    if (nowMs - this.jumpedMs < 3 * SETTLE_MS) this.lead.late(lateMs)
    this.jumpedMs = nowMs
    this.leans = false
    return { rate, jump: wanted + this.lead.ms * rate }
  }

  private sought(wanted: number, rate: number, nowMs: number): boolean {
    const before = this.last
    this.last = { wanted, rate, nowMs }
    return before === undefined || Math.abs(wanted - before.wanted - (nowMs - before.nowMs) * before.rate) > SOUGHT_MS * Math.max(1, rate)
  }
}
