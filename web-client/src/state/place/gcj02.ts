import type { Place } from '@/protocol/messages'

/**
 * From WGS 84 to GCJ-02 (国测局坐标), the datum that public maps of mainland China must be drawn in: a shift of up to some
 * seven hundred metres that changes from place to place. CGCS2000 is WGS 84 to within centimetres and needs nothing.
 * The transform is not published by who decreed it; this is the one that is known from its maps, good to a metre or two.
 */
export function gcj02(place: Place): Place {
  if (!isShifted(place)) return place
  const east = place.longitude - 105
  const north = place.latitude - 35
  const sine = Math.sin(radians(place.latitude))
  const flat = 1 - ECCENTRICITY_SQUARED * sine * sine
  const perLatitude = radians((EQUATOR_METRES * (1 - ECCENTRICITY_SQUARED)) / (flat * Math.sqrt(flat)))
  const perLongitude = radians((EQUATOR_METRES / Math.sqrt(flat)) * Math.cos(radians(place.latitude)))
  return { latitude: place.latitude + northMetres(east, north) / perLatitude, longitude: place.longitude + eastMetres(east, north) / perLongitude }
}

/** Krasovsky's ellipsoid of 1940. */
const EQUATOR_METRES = 6_378_245
const ECCENTRICITY_SQUARED = 0.00669342162296594323

/** The rectangle outside of which nothing is shifted. */
function isShifted({ latitude, longitude }: Place): boolean {
  return longitude >= 72.004 && longitude <= 137.8347 && latitude >= 0.8293 && latitude <= 55.8271
}

function northMetres(x: number, y: number): number {
  return -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x)) + ripple(x) + waves(y, [20, 40, 160, 320], [1, 3, 12, 30])
}

function eastMetres(x: number, y: number): number {
  return 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x)) + ripple(x) + waves(x, [20, 40, 150, 300], [1, 3, 12, 30])
}

function ripple(x: number): number {
  return ((20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * 2) / 3
}

/** Each wave by its height in metres and its length, in thirds. */
function waves(at: number, heights: readonly number[], lengths: readonly number[]): number {
  return (heights.reduce((sum, height, index) => sum + height * Math.sin((at * Math.PI) / lengths[index]!), 0) * 2) / 3
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}
