import { describe, expect, it } from 'vitest'
import { pathStep, type PathMemory } from './path-watch'

/** Answers the moments at which it is so; readings twice a second, or as often as said. */
function moments(of: 'quiet' | 'inDoubt', readings: [sent: number, received: number][], everyMs = 500): number[] {
  const found: number[] = []
  let memory: PathMemory | undefined
  readings.forEach(([sent, received], index) => {
    const step = pathStep(memory, { sent, received }, index * everyMs)
    memory = step.memory
    if (step[of]) found.push(index * everyMs)
  })
  return found
}

const doubts = (readings: [sent: number, received: number][]): number[] => moments('inDoubt', readings)

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

  it('is looked at from a quarter of a second on, twice a second', () => {
    expect(moments('quiet', picture(0, 16, (index) => Math.min(index, 4) * 800), 150)).toEqual([900, 1_500, 2_100])
    expect(moments('quiet', picture(0, 40, (index) => Math.floor(index / 2) * 100), 100)).toEqual([])
  })
})
