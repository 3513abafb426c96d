import type { Place } from '@/protocol/messages'

/** A piece of the ground seen from above, as wide as it is long; small enough to be flat. */
export interface View { center: Place; metresAcross: number }

/** Edge of the drawing in its own units. */
export const EDGE = 1000

const METRES_PER_DEGREE = 111_195
const NARROWEST_METRES = 400
const WIDEST_METRES = 400_000
const MARGIN = 1.25
/** Where nothing is known: the demo county's middle, so that typed corners are near. */
const NOWHERE: View = { center: { latitude: 28.37, longitude: 121.37 }, metresAcross: 20_000 }

/** The view that holds all places with some room around them. */
export function viewOf(places: readonly Place[]): View {
  if (places.length === 0) return NOWHERE
  const latitudes = places.map(({ latitude }) => latitude)
  const longitudes = places.map(({ longitude }) => longitude)
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)]
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)]
  const center = { latitude: (south + north) / 2, longitude: (west + east) / 2 }
  const across = Math.max((north - south) * METRES_PER_DEGREE, (east - west) * METRES_PER_DEGREE * narrowing(center))
  return { center, metresAcross: limited(across * MARGIN) }
}

/** A degree of longitude is shorter than one of latitude. */
function narrowing({ latitude }: Place): number {
  return Math.max(Math.cos((latitude * Math.PI) / 180), 0.01)
}

function limited(metres: number): number {
  return Math.min(Math.max(metres, NARROWEST_METRES), WIDEST_METRES)
}

export function zoomed(view: View, factor: number): View {
  return { ...view, metresAcross: limited(view.metresAcross * factor) }
}

/** Moves by parts of the view's width: 0.25 to the right shows a quarter more of the east. */
export function moved(view: View, right: number, up: number): View {
  return { ...view, center: unproject(view, EDGE / 2 + right * EDGE, EDGE / 2 - up * EDGE) }
}

export function project({ center, metresAcross }: View, place: Place): { x: number; y: number } {
  const perMetre = EDGE / metresAcross
  return {
    x: EDGE / 2 + (place.longitude - center.longitude) * METRES_PER_DEGREE * narrowing(center) * perMetre,
    y: EDGE / 2 - (place.latitude - center.latitude) * METRES_PER_DEGREE * perMetre,
  }
}

export function unproject({ center, metresAcross }: View, x: number, y: number): Place {
  const metres = metresAcross / EDGE
  return {
    latitude: rounded(center.latitude - ((y - EDGE / 2) * metres) / METRES_PER_DEGREE),
    longitude: rounded(center.longitude + ((x - EDGE / 2) * metres) / (METRES_PER_DEGREE * narrowing(center))),
  }
}

/** A tenth of a metre. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6
}

/** A round length that is about a fifth of the view, for the scale bar. */
export function scaleMetres({ metresAcross }: View): number {
  const wanted = metresAcross / 5
  const power = 10 ** Math.floor(Math.log10(wanted))
  return ([5, 2, 1].find((step) => step * power <= wanted) ?? 1) * power
}

/** Even-odd rule; what lies on the edge may fall on either side. */
export function isInside(area: readonly Place[], place: Place): boolean {
  if (area.length < 3) return false
  let inside = false
  area.forEach((a, index) => {
    const b = area[(index + 1) % area.length]!
    const crosses = a.latitude > place.latitude !== b.latitude > place.latitude
    if (crosses && place.longitude < ((b.longitude - a.longitude) * (place.latitude - a.latitude)) / (b.latitude - a.latitude) + a.longitude) inside = !inside
  })
  return inside
}

/** `28.370, 121.367` as somebody types it, with the comma of either language. */
export function parsePlace(text: string): Place | undefined {
  const match = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,，\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text)
  if (!match) return undefined
  const [latitude, longitude] = [Number(match[1]), Number(match[2])]
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined
}
