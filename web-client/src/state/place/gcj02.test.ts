import { expect, it } from 'vitest'
import { gcj02 } from './gcj02'

it('a place in China is shifted as its public maps are', () => {
  // The published example of several independent converters: Tiananmen.
  const shifted = gcj02({ latitude: 39.915, longitude: 116.404 })
  expect(shifted.latitude).toBeCloseTo(39.91640428150164, 9)
  expect(shifted.longitude).toBeCloseTo(116.41024449916938, 9)
})

it('the demo county lies some five hundred metres from where it is, and Paris where it is', () => {
  const county = { latitude: 28.371, longitude: 121.372 }
  const shifted = gcj02(county)
  expect(Math.hypot((shifted.latitude - county.latitude) * 111_000, (shifted.longitude - county.longitude) * 98_000)).toBeGreaterThan(300)
  expect(gcj02({ latitude: 48.8584, longitude: 2.2945 })).toEqual({ latitude: 48.8584, longitude: 2.2945 })
})
