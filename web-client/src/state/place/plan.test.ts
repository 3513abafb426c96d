import { describe, expect, it } from 'vitest'
import { EDGE, isInside, moved, parsePlace, project, scaleMetres, unproject, viewOf, zoomed } from './plan'

const at = (latitude: number, longitude: number) => ({ latitude, longitude })

describe('the plan', () => {
  it('shows all places, and something where there are none', () => {
    const view = viewOf([at(28.36, 121.35), at(28.38, 121.38)])
    for (const place of [at(28.36, 121.35), at(28.38, 121.38)]) {
      const { x, y } = project(view, place)
      expect(Math.min(x, y)).toBeGreaterThan(0)
      expect(Math.max(x, y)).toBeLessThan(EDGE)
    }
    expect(viewOf([]).metresAcross).toBeGreaterThan(1000)
    expect(viewOf([at(28, 121)]).metresAcross).toBe(400)
  })

  it('finds the place under a point again', () => {
    const view = viewOf([at(28.36, 121.35), at(28.38, 121.38)])
    const { x, y } = project(view, at(28.371, 121.362))
    expect(unproject(view, x, y)).toEqual(at(28.371, 121.362))
  })

  it('moves and zooms within limits', () => {
    const view = viewOf([at(28.36, 121.35), at(28.38, 121.38)])
    expect(moved(view, 0.25, 0).center.longitude).toBeGreaterThan(view.center.longitude)
    expect(moved(view, 0, 0.25).center.latitude).toBeGreaterThan(view.center.latitude)
    expect(zoomed(view, 0.5).metresAcross).toBeCloseTo(view.metresAcross / 2)
    expect(zoomed(view, 1e-9).metresAcross).toBe(400)
    expect(zoomed(view, 1e9).metresAcross).toBe(400_000)
  })

  it('has a round scale', () => {
    expect([1_000, 4_000, 24_000].map((metresAcross) => scaleMetres({ center: at(28, 121), metresAcross }))).toEqual([200, 500, 2000])
  })
})

describe('an area', () => {
  const square = [at(0, 0), at(0, 10), at(10, 10), at(10, 0)]
  it('holds what is inside, also where it is dented', () => {
    expect([isInside(square, at(5, 5)), isInside(square, at(5, 11)), isInside(square, at(-1, 5))]).toEqual([true, false, false])
    const dented = [at(0, 0), at(0, 10), at(10, 10), at(5, 5), at(10, 0)]
    expect([isInside(dented, at(9, 5)), isInside(dented, at(2, 5))]).toEqual([false, true])
  })

  it('of two corners holds nothing', () => {
    expect(isInside(square.slice(0, 2), at(0, 5))).toBe(false)
  })
})

it('typed places are read, and nonsense is not', () => {
  expect(parsePlace(' 28.37，121.367 ')).toEqual(at(28.37, 121.367))
  expect(parsePlace('-28 121')).toEqual(at(-28, 121))
  expect([parsePlace('91, 0'), parsePlace('28'), parsePlace('a, b'), parsePlace('')]).toEqual([undefined, undefined, undefined, undefined])
})
