import type { Kind, Place, Unit } from '@/protocol/messages'
import type { Model } from '../model'
import { metresBetween } from './position'

export interface Near { unit: Unit; metres: number; ageMs: number; seconds: number }

/** Older positions say too little of where somebody is now. */
const FRESH_MS = 5 * 60_000
/** Streets are longer than the line; 30 km/h through a town, 5 km/h on foot. */
const DETOUR = 1.3
const METRES_PER_SECOND: Partial<Record<Kind, number>> = { car: 8.3, handheld: 1.4 }

/** Free units that can go there, the nearest first: by the straight line over positions that are known. */
export function nearestFree(model: Model, place: Place, now: number): Near[] {
  const engaged = engagedUnits(model)
  const found: Near[] = []
  for (const unit of Object.values(model.units)) {
    const speed = METRES_PER_SECOND[unit.kind]
    const position = model.positions[unit.id]
    if (!speed || !position || !unit.online || unit.status !== 'available' || unit.id === model.me?.unit || engaged.has(unit.id)) continue
    const ageMs = now - Date.parse(position.at)
    if (ageMs > FRESH_MS) continue
    const metres = metresBetween(place, position)
    found.push({ unit, metres, ageMs, seconds: (metres * DETOUR) / speed })
  }
  return found.sort((a, b) => a.metres - b.metres || a.unit.id.localeCompare(b.unit.id))
}

/** Who has accepted an order and is not done with it, whatever the status says. */
function engagedUnits(model: Model): Set<string> {
  const steps = new Set(['accepted', 'enRoute', 'arrived'])
  return new Set(Object.values(model.orders).flatMap(({ assignees }) => assignees.filter(({ step }) => steps.has(step)).map(({ unit }) => unit)))
}
