import type { Place } from '@/protocol/messages'

export interface Fix { place: Place; accuracyMetres?: number; at: number; metresPerSecond?: number }

const MOVING_EVERY_MS = 1_000
const STANDING_EVERY_MS = 15_000
const MOVING_METRES_PER_SECOND = 0.8
const EARTH_METRES = 6_371_000

/** Whether a new fix is worth a message: once a second on the move, seldom where one stands. */
export function isDue(last: Fix | undefined, next: Fix): boolean {
  if (!last) return true
  const waited = next.at - last.at
  if (waited < MOVING_EVERY_MS) return false
  return waited >= STANDING_EVERY_MS || isMoving(last, next)
}

/** By the device's own speed, else by the way since the last report, as far as it is more than both errors. */
function isMoving(last: Fix, next: Fix): boolean {
  if (next.metresPerSecond !== undefined) return next.metresPerSecond >= MOVING_METRES_PER_SECOND
  const way = metresBetween(last.place, next.place)
  const error = Math.max(last.accuracyMetres ?? 0, next.accuracyMetres ?? 0)
  return way > error && way / ((next.at - last.at) / 1000) >= MOVING_METRES_PER_SECOND
}

/** Along the great circle; good to a metre over a county. */
export function metresBetween(a: Place, b: Place): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180
  const dLatitude = radians(b.latitude - a.latitude)
  const dLongitude = radians(b.longitude - a.longitude)
  const h = Math.sin(dLatitude / 2) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(dLongitude / 2) ** 2
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(h)))
}
