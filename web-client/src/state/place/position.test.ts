import { describe, expect, it } from 'vitest'
import { isDue, metresBetween, type Fix } from './position'

const fix = (at: number, more: Partial<Fix> = {}): Fix => ({ place: { latitude: 28.37, longitude: 121.36 }, accuracyMetres: 8, at, ...more })
const away = { latitude: 28.3705, longitude: 121.36 }

describe('a report of the position', () => {
  it('goes out at once, then once a second on the move', () => {
    expect(isDue(undefined, fix(0))).toBe(true)
    expect(isDue(fix(0), fix(900, { metresPerSecond: 9 }))).toBe(false)
    expect(isDue(fix(0), fix(1000, { metresPerSecond: 9 }))).toBe(true)
  })

  it('goes out every fifteen seconds where one stands', () => {
    expect(isDue(fix(0), fix(5000, { metresPerSecond: 0.1 }))).toBe(false)
    expect(isDue(fix(0), fix(15_000, { metresPerSecond: 0.1 }))).toBe(true)
  })

  it('goes by the way where the device knows no speed, and not by its noise', () => {
    expect(isDue(fix(0), fix(4000, { place: away }))).toBe(true)
    expect(isDue(fix(0), fix(4000, { place: away, accuracyMetres: 200 }))).toBe(false)
  })
})

it('a degree of latitude is 111 km, wherever', () => {
  expect(metresBetween({ latitude: 28, longitude: 121 }, { latitude: 29, longitude: 121 })).toBeCloseTo(111_195, -2)
  expect(metresBetween({ latitude: 28, longitude: 121 }, { latitude: 28, longitude: 121 })).toBe(0)
})
