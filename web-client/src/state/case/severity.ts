import type { Incident, SeverityPolicy } from '@/protocol/incidents'
import type { Severity } from '@/protocol/messages'
import { incidentOf } from './case-acts'
import { awaitsUs, isOpen, isOurs } from '../incidents'
import type { Model } from '../model'

/** What each severity means, as the server's one table says; nothing until it has been asked. */
export type Policies = Partial<Record<Severity, SeverityPolicy>>

/** "Repeated" is as often as this. */
const REPEATED = 3

export interface Heard { room: string | undefined; mayAnswer: boolean; policies: Policies; /** How often each has sounded here. */ times: ReadonlyMap<string, number> }

/** Incidents that sound now: offered to this room, and not yet as often as their severity says. What nobody here could end by an answer sounds no longer than the others. */
export function sounding(incidents: readonly Incident[], { room, mayAnswer, policies, times }: Heard): Incident[] {
  const most = (severity: Severity): number => {
    const tone = policies[severity]?.tone
    if (tone === undefined) return 0
    return tone === 'once' ? 1 : tone === 'untilAnswered' && mayAnswer ? Infinity : REPEATED
  }
  return incidents.filter((incident) => awaitsUs(incident, room) && (times.get(incident.id) ?? 0) < most(incident.severity))
}

/** A running picture of somebody who was ordered to an incident. */
export interface CasePicture { unit: string; incident: string; title: string; policy: SeverityPolicy }

/** Live pictures from the room's own open incidents. */
export function casePictures(model: Pick<Model, 'orders' | 'lives' | 'units'>, incidents: readonly Incident[], room: string | undefined, policies: Policies): CasePicture[] {
  const open = new Map(incidents.filter((incident) => isOpen(incident) && isOurs(incident, room)).map((incident) => [incident.id, incident]))
  return Object.entries(model.lives).flatMap(([unit, { live }]) => {
    const incident = live && model.units[unit] ? open.get(incidentOf(model, unit) ?? '') : undefined
    const policy = incident && policies[incident.severity]
    return incident && policy ? [{ unit, incident: incident.id, title: incident.title, policy }] : []
  })
}
