import { describe, expect, it } from 'vitest'
import { begun, next, onPage, paced, paused, ticked } from './rotation'

describe('a big screen', () => {
  it('goes on when it is time, round and round', () => {
    let at = begun(0, 10)
    expect(ticked(at, 9_999, 1)).toBe(at)
    const seen = []
    for (let n = 1; n <= 5; n++) {
      at = ticked(at, n * 10_000, 1)
      seen.push(at.panel)
    }
    expect(seen).toEqual(['pictures', 'incidents', 'figures', 'map', 'pictures'])
  })

  it('leaves pictures out while there are none, and shows all of them page by page', () => {
    expect(next(begun(0, 10), 1, 0).panel).toBe('incidents')
    let at = next(begun(0, 10), 1, 9)
    expect([at.panel, at.page]).toEqual(['pictures', 0])
    at = next(next(at, 2, 9), 3, 9)
    expect([at.panel, at.page]).toEqual(['pictures', 2])
    expect(next(at, 4, 9).panel).toBe('incidents')
    const units = ['a', 'b', 'c', 'd', 'e']
    expect([onPage(units, 0), onPage(units, 1)]).toEqual([['a', 'b', 'c', 'd'], ['e']])
  })

  it('stands while it is paused, and has its whole time after', () => {
    let at = paused(begun(0, 10), 5_000)
    expect(ticked(at, 99_000, 1)).toBe(at)
    at = paused(at, 100_000)
    expect(ticked(at, 109_000, 1)).toBe(at)
    expect(ticked(at, 110_000, 1).panel).toBe('pictures')
  })

  it('has a pace that a person can follow', () => {
    expect(begun(0, 1).pace).toBe(20)
    expect(paced(begun(0, 10), -1).pace).toBe(10)
    expect(paced(begun(0, 10), 1).pace).toBe(15)
    expect(paced(begun(0, 120), 1).pace).toBe(120)
  })
})
