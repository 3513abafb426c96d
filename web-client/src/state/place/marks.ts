import type { Incident } from '@/protocol/incidents'
import type { Kind, Severity } from '@/protocol/messages'
import { isOpen } from '../incidents'
import type { Model } from '../model'

export type UnitLook = 'available' | 'busy' | 'break' | 'stale'

/** A unit as the map shows it. WGS 84. */
export interface UnitMark {
  id: string
  name: string
  kind: Kind
  look: UnitLook
  latitude: number
  longitude: number
  at: number
  helps: boolean
  live: boolean
  metresPerSecond?: number
  headingDegrees?: number
}

export interface IncidentMark { id: string; name: string; severity: Severity; latitude: number; longitude: number; at: number }

/** A device that stands still says so every fifteen seconds. */
export const STALE_MS = 60_000

/** Every unit whose place is known; one that is away or was not heard of for a minute is stale. */
export function unitMarks(model: Model, now: number): UnitMark[] {
  const helping = new Set(Object.values(model.alerts).map(({ unit }) => unit))
  const marks: UnitMark[] = []
  for (const position of Object.values(model.positions)) {
    const unit = model.units[position.unit]
    if (!unit) continue
    const at = Date.parse(position.at)
    marks.push({
      id: unit.id, name: unit.name, kind: unit.kind, look: unit.online && now - at < STALE_MS ? unit.status : 'stale', latitude: position.latitude, longitude: position.longitude,
      at, helps: helping.has(unit.id), live: model.lives[unit.id]?.live !== undefined, metresPerSecond: position.metresPerSecond, headingDegrees: position.headingDegrees,
    })
  }
  return marks
}

/** Open incidents whose place is known. */
export function incidentMarks(incidents: readonly Incident[]): IncidentMark[] {
  return incidents.flatMap((incident) => {
    const { id, number, title, severity, point, openedAt } = incident
    return point && isOpen(incident) ? [{ id, name: `${number} ${title}`, severity, latitude: point.latitude, longitude: point.longitude, at: Date.parse(openedAt) }] : []
  })
}
