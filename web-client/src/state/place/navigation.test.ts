import { expect, it } from 'vitest'
import { navigationLink } from './navigation'

const to = { place: '新河镇 (西)', point: { latitude: 28.371, longitude: 121.372 } }

it('the device’s own map gets the place as it is, named', () => {
  expect(navigationLink(to, 'system')).toBe('geo:28.371000,121.372000?q=28.371000,121.372000(%E6%96%B0%E6%B2%B3%E9%95%87%20(%E8%A5%BF))')
})

it('a map of China gets the place as it is drawn there, and one that asks for WGS 84 as it is', () => {
  expect(navigationLink(to, 'amap')).toMatch(/^androidamap:\/\/navi\?.*&lat=28\.36\d{4}&lon=121\.37\d{4}&dev=0/)
  expect(navigationLink(to, 'amap')).not.toContain('121.372000')
  expect(navigationLink(to, 'baidu')).toContain('latlng:28.371000,121.372000&coord_type=wgs84')
})

it('an Apple device, which opens no geo address, gets one that it opens', () => {
  expect(navigationLink(to, 'system', true)).toMatch(/^iosamap:/)
})

it('without a place there is no way', () => {
  expect(navigationLink({ place: '长屿村' }, 'system')).toBeUndefined()
})
