import type { WayPiece } from '@/protocol/replay'

/** One unit's way: times in milliseconds and places in degrees, side by side, in the order of time. */
export interface Way { unit: string; at: number[]; latitude: number[]; longitude: number[] }
export interface Spot { latitude: number; longitude: number; /** How long ago the unit was seen there. */ ageMs: number }

/** Between two points that are further apart in time nobody knows the way. */
export const GAP_MS = 30_000

/** Pieces as the server tells them, put together for each unit. */
export function waysOf(pieces: readonly WayPiece[]): Map<string, Way> {
  const ways = new Map<string, Way>()
  for (const { unit, from, points } of pieces) {
    const way = ways.get(unit) ?? { unit, at: [], latitude: [], longitude: [] }
    ways.set(unit, way)
    let [time, north, east] = [Date.parse(from), 0, 0]
    for (const point of points.split(' ')) {
      const [ms, latitude, longitude] = point.split(',').map(Number) as [number, number, number]
      time += ms
      north += latitude
      east += longitude
      if (time <= (way.at.at(-1) ?? -Infinity)) continue
      way.at.push(time)
      way.latitude.push(north / 1e6)
      way.longitude.push(east / 1e6)
    }
  }
  return ways
}

/** Index of the last point that is not later, -1 before the first. */
export function pointAt({ at }: Way, time: number): number {
  let low = 0
  let high = at.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (at[middle]! <= time) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Where the unit was, on the straight line between two points that are near in time. */
export function spotAt(way: Way, time: number): Spot | undefined {
  const index = pointAt(way, time)
  if (index < 0) return undefined
  const [at, latitude, longitude] = [way.at[index]!, way.latitude[index]!, way.longitude[index]!]
  const next = way.at[index + 1]
  if (next === undefined || next - at > GAP_MS) return { latitude, longitude, ageMs: time - at }
  const part = (time - at) / (next - at)
  return { latitude: latitude + (way.latitude[index + 1]! - latitude) * part, longitude: longitude + (way.longitude[index + 1]! - longitude) * part, ageMs: 0 }
}

/** The spans in which a unit was heard of. */
export function seenSpans({ at }: Way, gapMs = 60_000): [number, number][] {
  const spans: [number, number][] = []
  for (const time of at) {
    const last = spans.at(-1)
    if (last && time - last[1] <= gapMs) last[1] = time
    else spans.push([time, time])
  }
  return spans
}

/** WGS 84 onto a sheet of paper: metres east and south of a corner, near enough for one incident. */
export interface Sheet { west: number; north: number; metresOfDegree: number; wide: number; high: number }

const METRES_OF_LATITUDE = 111_320

export function sheetOf(places: readonly { latitude: number; longitude: number }[], leastMetres = 600): Sheet | undefined {
  if (places.length === 0) return undefined
  let [south, north, west, east] = [90, -90, 180, -180]
  for (const { latitude, longitude } of places) {
    south = Math.min(south, latitude)
    north = Math.max(north, latitude)
    west = Math.min(west, longitude)
    east = Math.max(east, longitude)
  }
  const metresOfDegree = METRES_OF_LATITUDE * Math.cos((((south + north) / 2) * Math.PI) / 180)
  const wide = Math.max(leastMetres, (east - west) * metresOfDegree * 1.2)
  const high = Math.max(leastMetres, (north - south) * METRES_OF_LATITUDE * 1.2)
  return { west: (west + east) / 2 - wide / 2 / metresOfDegree, north: (south + north) / 2 + high / 2 / METRES_OF_LATITUDE, metresOfDegree, wide, high }
}

export function onSheet(sheet: Sheet, latitude: number, longitude: number): [number, number] {
  return [(longitude - sheet.west) * sheet.metresOfDegree, (sheet.north - latitude) * METRES_OF_LATITUDE]
}

/** The way from one point up to before another, as an SVG path. */
export function pathOf(sheet: Sheet, way: Way, first: number, end: number): string {
  const points = Array.from({ length: Math.max(0, end - first) }, (_, index) => onSheet(sheet, way.latitude[first + index]!, way.longitude[first + index]!))
  return points.length ? `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}` : ''
}
