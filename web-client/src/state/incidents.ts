import type { Incident } from '@/protocol/incidents'

export type IncidentFilter = 'open' | 'red' | 'all'

const RANK = { red: 0, orange: 1, yellow: 2 } as const

export function isOpen({ state, closedAt }: Incident): boolean {
  return state !== 'closed' && closedAt === undefined
}

/** The queue: what is open before what is closed, the most severe first, then who waits longest; closed ones the newest first. */
export function queue(incidents: readonly Incident[], words: string, filter: IncidentFilter): Incident[] {
  const wanted = words.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const matches = ({ number, title, place }: Incident): boolean => {
    const text = `${number} ${title} ${place}`.toLowerCase()
    return wanted.every((word) => text.includes(word))
  }
  const passes = (incident: Incident): boolean => filter === 'all' || (isOpen(incident) && (filter === 'open' || incident.severity === 'red'))
  return incidents.filter((incident) => passes(incident) && matches(incident)).sort((a, b) => {
    const open = Number(isOpen(b)) - Number(isOpen(a))
    if (open !== 0) return open
    if (!isOpen(a)) return b.openedAt.localeCompare(a.openedAt)
    return RANK[a.severity] - RANK[b.severity] || a.openedAt.localeCompare(b.openedAt)
  })
}
