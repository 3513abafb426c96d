import { describe, expect, it } from 'vitest'
import { Lead, Pace } from './pace'

const TICK_MS = 50

/** A browser that plays nothing for so long after each jump. */
class Element {
  at = 0
  jumps = 0
  private readyMs = 0

  constructor(private readonly jumpMs: number) {}

  get busy(): boolean {
    return this.readyMs > 0
  }

  jump(to: number): void {
    this.at = to
    this.readyMs = this.jumpMs
    this.jumps++
  }

  plays(rate: number): void {
    const waits = Math.min(TICK_MS, this.readyMs)
    this.readyMs -= waits
    this.at += (TICK_MS - waits) * rate
  }
}

/** Plays for so long from `from`; what came of it at each tick, how late it was. */
function played(element: Element, pace: Pace, from: number, rate: number, ms: number, begins = 0): number[] {
  const late: number[] = []
  let now = rate
  for (let passed = 0; passed < ms; passed += TICK_MS) {
    const wanted = from + passed * rate
    if (!element.busy) {
      const step = pace.step(element.at, wanted, rate, begins + passed)
      if (step.jump !== undefined) element.jump(step.jump)
      now = step.rate
    }
    late.push((wanted - element.at) / rate)
    element.plays(now)
  }
  return late
}

describe('Pace', () => {
  for (const rate of [1, 2, 4]) {
    for (const jumpMs of [0, 30, 150, 400, 900]) {
      it(`comes to the clock where a jump takes ${jumpMs} ms, at ${rate} times the speed`, () => {
        const element = new Element(jumpMs)
        const late = played(element, new Pace(), 60_000, rate, 8_000)
        expect(element.jumps).toBeLessThanOrEqual(2)
        for (const off of late.slice(-40)) expect(Math.abs(off)).toBeLessThan(61)
      })
    }
  }

  it('aims ahead at once after it has learnt how long a jump takes', () => {
    const lead = new Lead()
    played(new Element(400), new Pace(lead), 60_000, 1, 6_000)
    const element = new Element(400)
    const late = played(element, new Pace(lead), 900_000, 1, 3_000)
    expect(element.jumps).toBe(1)
    for (const off of late.slice(10)) expect(Math.abs(off)).toBeLessThan(61)
  })

  it('makes up for a little without a jump', () => {
    const [element, pace] = [new Element(0), new Pace()]
    element.at = 850
    const late = played(element, pace, 1_000, 1, 3_000)
    expect(element.jumps).toBe(0)
    expect(Math.abs(late.at(-1)!)).toBeLessThan(61)
  })

  it('lets what is near alone', () => {
    expect(new Pace().step(1_000, 1_050, 1, 0)).toEqual({ rate: 1 })
  })

  it('moves what stands only where that is seen, and to the very place', () => {
    const pace = new Pace()
    expect(pace.step(1_000, 1_100, 0, 0)).toEqual({ rate: 0 })
    expect(pace.step(1_000, 1_300, 0, 50)).toEqual({ rate: 0, jump: 1_300 })
  })

  it('follows a clock that is moved twice within a second', () => {
    const pace = new Pace()
    expect(pace.step(0, 5_000, 1, 0).jump).toBe(5_000)
    expect(pace.step(5_000, 9_000, 1, 100).jump).toBe(9_000)
    expect(pace.step(9_000, 9_350, 1, 450).jump).toBeUndefined()
  })

  it('asks for nothing faster than browsers play', () => {
    expect(new Pace().step(0, 1_600, 16, 0).rate).toBe(16)
  })
})
