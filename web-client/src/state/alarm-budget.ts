import type { AlarmBudget, Incident } from '@/protocol/incidents'
import { isOpen } from './incidents'

export interface Budgeted<T> { shown: T[]; folded: T[] }

/**
 * Keeps a flood of device alarms from filling a seat's queue: within each interval the first so many are
 * shown, the others are folded. Nothing is lost: what is folded is counted and can be seen, and stands in the
 * list by itself as soon as somebody has taken it on. Red is never folded, and neither is what people report.
 * The order stays. Pure.
 */
export function budgeted<T extends Incident>(incidents: readonly T[], { most, minutes }: AlarmBudget): Budgeted<T> {
  const folded = new Set<T>()
  const shownAt: number[] = []
  for (const alarm of incidents.filter(isAlarm).sort((a, b) => a.openedAt.localeCompare(b.openedAt) || a.id.localeCompare(b.id))) {
    const at = Date.parse(alarm.openedAt)
    while (shownAt.length > 0 && shownAt[0]! <= at - minutes * 60_000) shownAt.shift()
    if (shownAt.length < most) shownAt.push(at)
    else folded.add(alarm)
  }
  return { shown: incidents.filter((incident) => !folded.has(incident)), folded: incidents.filter((incident) => folded.has(incident)) }
}

/** Sent by a device, not red, and nobody has answered it. */
function isAlarm(incident: Incident): boolean {
  return incident.source === 'device' && incident.severity !== 'red' && isOpen(incident) && !incident.rooms.some(({ state }) => state === 'accepted' || state === 'done')
}
