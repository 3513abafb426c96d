import type { UnitPosition } from '@/protocol/messages'
import { metresBetween } from './position'

/** A position with what the one before tells of the way; absent where it tells nothing. */
export interface KnownPosition extends UnitPosition { metresPerSecond?: number; headingDegrees?: number }

const SHORTEST_SECONDS = 0.5
const LONGEST_SECONDS = 60
/** 250 km/h: more is a jump of the receiver. */
const FASTEST = 70
const NOISE_METRES = 3

/** Speed and direction between two reports, as far as the way is more than the error of either. */
export function withMotion(before: UnitPosition | undefined, next: UnitPosition): KnownPosition {
  if (!before) return next
  const seconds = (Date.parse(next.at) - Date.parse(before.at)) / 1000
  if (!(seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS)) return next
  const way = metresBetween(before, next)
  if (way / seconds > FASTEST) return next
  if (way <= Math.max(NOISE_METRES, before.accuracyMetres ?? 0, next.accuracyMetres ?? 0)) return { ...next, metresPerSecond: 0 }
  return { ...next, metresPerSecond: way / seconds, headingDegrees: headingOf(before, next) }
}

/** Clockwise from north; flat, which is good enough for the way of a minute. */
function headingOf(from: UnitPosition, to: UnitPosition): number {
  const east = (to.longitude - from.longitude) * Math.cos((from.latitude * Math.PI) / 180)
  const degrees = (Math.atan2(east, to.latitude - from.latitude) * 180) / Math.PI
  return (degrees + 360) % 360
}
