import type { Destination } from '@/protocol/messages'
import { gcj02 } from './gcj02'

/** Who shows the way: what the device opens `geo:` with, 高德地图, 百度地图. */
export const MAP_APPS = ['system', 'amap', 'baidu'] as const
export type MapApp = (typeof MAP_APPS)[number]

/**
 * The address that hands a place to the device's map application; no network is asked. `geo:` is WGS 84 (RFC 5870),
 * 高德 is handed GCJ-02, 百度 is told that it gets WGS 84. An Apple device opens no `geo:`.
 */
export function navigationLink({ place, point }: Destination, app: MapApp, apple = false): string | undefined {
  if (!point) return undefined
  const { latitude, longitude } = point
  const name = encodeURIComponent(place)
  if (app === 'baidu') return `baidumap://map/direction?destination=name:${name}|latlng:${at(latitude, longitude)}&coord_type=wgs84&mode=driving&src=maplebridge`
  if (app === 'system' && !apple) return `geo:${at(latitude, longitude)}?q=${at(latitude, longitude)}(${name})`
  const shifted = gcj02(point)
  return apple
    ? `iosamap://path?sourceApplication=maplebridge&dlat=${digits(shifted.latitude)}&dlon=${digits(shifted.longitude)}&dname=${name}&dev=0&t=0`
    : `androidamap://navi?sourceApplication=maplebridge&poiname=${name}&lat=${digits(shifted.latitude)}&lon=${digits(shifted.longitude)}&dev=0&style=2`
}

function at(latitude: number, longitude: number): string {
  return `${digits(latitude)},${digits(longitude)}`
}

/** A tenth of a metre. */
function digits(degrees: number): string {
  return degrees.toFixed(6)
}
