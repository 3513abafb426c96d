import { describe, expect, it } from 'vitest'
import { pathStep, type PathMemory } from './path-watch'

/** Readings twice a second; answers the moments of doubt. */
function doubts(readings: [sent: number, received: number][]): number[] {
  const moments: number[] = []
  let memory: PathMemory | undefined
  readings.forEach(([sent, received], index) => {
    const step = pathStep(memory, { sent, received }, index * 500)
    memory = step.memory
    if (step.inDoubt) moments.push(index * 500)
  })
  return moments
}

const picture = (from: number, count: number, received: (index: number) => number): [number, number][] =>
  Array.from({ length: count }, (_, index) => [from + index * 50_000, received(index)])

describe('a path that nobody answers on', () => {
  it('is in doubt after a second, and again every four', () => {
    expect(doubts(picture(0, 20, (index) => Math.min(index, 4) * 800))).toEqual([3_000, 7_000])
  })

  it('is well while answers come', () => {
    expect(doubts(picture(0, 40, (index) => Math.floor(index / 2) * 100))).toEqual([])
  })

  it('is not judged while nothing leaves', () => {
    expect(doubts(Array.from({ length: 20 }, () => [70_000, 900] as [number, number]))).toEqual([])
    expect(doubts(Array.from({ length: 20 }, (_, index) => [70_000 + index * 100, 900] as [number, number]))).toEqual([])
  })

  it('is a new one when the counters begin anew', () => {
    expect(doubts([...picture(0, 3, () => 800), ...picture(0, 2, () => 800)])).toEqual([1_000])
  })
})
