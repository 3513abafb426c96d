import { describe, expect, it } from 'vitest'
import { pathStep, readPath, type PathMemory, type PathReading } from './path-watch'

/** Readings twice a second, or as often as said; answers the moments at which it is so. */
function moments(of: 'quiet' | 'inDoubt', readings: Partial<PathReading>[], { everyMs = 500, sends = true } = {}): number[] {
  const found: number[] = []
  let memory: PathMemory | undefined
  readings.forEach((reading, index) => {
    const step = pathStep(memory, { sent: 0, received: 0, pair: 'a', checks: 0, answers: 0, ...reading }, sends, index * everyMs)
    memory = step.memory
    if (step[of]) found.push(index * everyMs)
  })
  return found
}

const times = (count: number, reading: (index: number) => Partial<PathReading>): Partial<PathReading>[] => Array.from({ length: count }, (_, index) => reading(index))
/** A picture leaves; what comes is as said. */
const leaves = (count: number, received: (index: number) => number): Partial<PathReading>[] => times(count, (index) => ({ sent: index * 50_000, received: received(index) }))
/** A picture comes until then. */
const comesUntil = (last: number, count: number): Partial<PathReading>[] => times(count, (index) => ({ sent: index * 90, received: Math.min(index, last) * 40_000 }))

describe('a path over which a picture leaves', () => {
  it('is in doubt after a second without an answer, and again every four', () => {
    expect(moments('inDoubt', leaves(20, (index) => Math.min(index, 4) * 800))).toEqual([3_000, 7_000])
  })

  it('is well while answers come', () => {
    expect(moments('inDoubt', leaves(40, (index) => Math.floor(index / 2) * 100))).toEqual([])
  })

  it('is not judged while nothing leaves', () => {
    expect(moments('inDoubt', times(20, () => ({ sent: 70_000, received: 900 })))).toEqual([])
    expect(moments('inDoubt', times(20, (index) => ({ sent: 70_000 + index * 100, received: 900 })))).toEqual([])
  })

  it('is a new one when the counters begin anew, and when it is another pair', () => {
    expect(moments('inDoubt', [...leaves(3, () => 800), ...leaves(2, () => 800)])).toEqual([1_000])
    expect(moments('inDoubt', leaves(20, () => 800).map((reading, index) => ({ ...reading, pair: String(index >> 1) })))).toEqual([])
  })

  it('is looked at from a quarter of a second on, twice a second', () => {
    expect(moments('quiet', leaves(16, (index) => Math.min(index, 4) * 800), { everyMs: 150 })).toEqual([900, 1_500, 2_100])
    expect(moments('quiet', leaves(40, (index) => Math.floor(index / 2) * 100), { everyMs: 100 })).toEqual([])
  })
})

describe('a path that stutters', () => {
  /** Answered for so many readings of each ten, ten times in a second. */
  const stutters = (tens: number, answered: number): number[] => Array.from({ length: tens * 10 }, (_, index) => Math.floor(index / 10) * answered + Math.min(index % 10, answered))
  const read = (received: number[]): Partial<PathReading>[] => leaves(received.length, (index) => received[index]! * 100)
  const each = { everyMs: 100 }

  it('is looked at seldom: for longer silences, and once in twenty seconds', () => {
    expect(moments('quiet', read(stutters(30, 7)), each)).toHaveLength(2)
    expect(moments('quiet', read(stutters(30, 4)), each).length).toBeLessThan(4)
  })

  it('is looked at within a second all the same when it ends', () => {
    const received = stutters(30, 4)
    const last = received.length
    const found = moments('quiet', read([...received, ...Array.from({ length: 30 }, () => received.at(-1)!)]), each).filter((at) => at >= last * 100)
    expect(found[0]! - last * 100).toBeLessThanOrEqual(1_000)
    expect(found.length).toBeGreaterThan(2)
  })

  it('is looked at as soon as ever once it has been calm', () => {
    const received = stutters(5, 7)
    const calm = Array.from({ length: 450 }, (_, index) => received.at(-1)! + 1 + index)
    const last = (received.length + calm.length) * 100
    const found = moments('quiet', read([...received, ...calm, ...Array.from({ length: 10 }, () => calm.at(-1)!)]), each)
    expect(found.find((at) => at >= last)! - last).toBeLessThanOrEqual(300)
  })
})

describe('a path over which a picture comes', () => {
  const looker = { sends: false }

  it('is looked at when it stops, for ten seconds, and is not in doubt by that', () => {
    expect(moments('quiet', comesUntil(4, 60), looker)).toEqual(Array.from({ length: 19 }, (_, index) => 2_500 + index * 500))
    expect(moments('inDoubt', comesUntil(4, 60), looker)).toEqual([])
  })

  it('is looked at too when it stopped soon after it was read', () => {
    const readings = [0, 40_000, 80_000, 81_000, 81_000, 81_000].map((received) => ({ received }))
    expect(moments('quiet', readings, looker)).toEqual([2_000, 2_500])
  })

  it('is left alone when a voice ends', () => {
    expect(moments('quiet', times(20, (index) => ({ received: Math.min(index, 4) * 3_000 })), looker)).toEqual([])
  })
})

describe('a path that is checked', () => {
  const silent = (checks: (index: number) => number, answers: (index: number) => number): Partial<PathReading>[] =>
    times(40, (index) => ({ sent: 900, received: 900, checks: checks(index), answers: answers(index) }))

  it('is in doubt when six checks in turn are not answered', () => {
    expect(moments('inDoubt', silent((index) => Math.floor(index / 5) + (index > 12 ? (index - 12) * 10 : 0), () => 3), { sends: false })[0]).toBe(6_500)
  })

  it('is well while some are', () => {
    expect(moments('inDoubt', silent((index) => index * 2, (index) => Math.floor(index / 2)), { sends: false })).toEqual([])
  })
})

describe('a reading', () => {
  it('is what a report says of the path that is used', () => {
    const report = [
      { id: 'T', type: 'transport', bytesSent: 7, bytesReceived: 9, selectedCandidatePairId: 'P2' },
      { id: 'P1', type: 'candidate-pair', requestsSent: 50, consentRequestsSent: 50, responsesReceived: 1 },
      { id: 'P2', type: 'candidate-pair', requestsSent: 1, consentRequestsSent: 4, responsesReceived: 5 },
    ]
    expect(readPath(report)).toEqual({ sent: 7, received: 9, pair: 'P2', checks: 5, answers: 5 })
  })

  it('is none without a path, and without checks where a browser does not count them', () => {
    expect(readPath([{ id: 'x', type: 'inbound-rtp' }])).toBeUndefined()
    expect(readPath([{ id: 'T', type: 'transport', bytesSent: 7, bytesReceived: 9 }])).toEqual({ sent: 7, received: 9, pair: '', checks: 0, answers: 0 })
  })
})
