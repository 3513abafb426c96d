import type { Incident, IncidentNews } from '@/protocol/incidents'

export type IncidentFilter = 'open' | 'mine' | 'overdue' | 'red' | 'all'

const RANK = { red: 0, orange: 1, yellow: 2 } as const

export function isOpen({ state, closedAt }: Incident): boolean {
  return state !== 'closed' && closedAt === undefined
}

/** The clock of its step has run out; the server says so, or its time has passed since. */
export function isOverdue(incident: Incident, now: number): boolean {
  return isOpen(incident) && (incident.overdue || (incident.stepDue !== undefined && Date.parse(incident.stepDue) < now))
}

/** The room's own: it stands at its place, or the room has it on its ledger and has not given it back. */
export function isOurs({ node, rooms }: Incident, room: string | undefined): boolean {
  return room !== undefined && (node === room || rooms.some((handling) => handling.node === room && handling.state !== 'returned'))
}

/** Offered to the room, and nobody has answered yet. */
export function awaitsUs(incident: Incident, room: string | undefined): boolean {
  return isOpen(incident) && incident.rooms.some(({ node, state }) => node === room && state === 'offered')
}

export interface Queue { words: string; filter: IncidentFilter; room: string | undefined; now: number }

/** The queue: what is open before what is closed, the most severe first, then who waits longest; closed ones the newest first. */
export function queue(incidents: readonly Incident[], { words, filter, room, now }: Queue): Incident[] {
  const wanted = words.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const matches = ({ number, title, place }: Incident): boolean => {
    const text = `${number} ${title} ${place}`.toLowerCase()
    return wanted.every((word) => text.includes(word))
  }
  const passes: Record<IncidentFilter, (incident: Incident) => boolean> = {
    open: isOpen,
    mine: (incident) => isOpen(incident) && isOurs(incident, room),
    overdue: (incident) => isOverdue(incident, now),
    red: (incident) => isOpen(incident) && incident.severity === 'red',
    all: () => true,
  }
  return incidents.filter((incident) => passes[filter](incident) && matches(incident)).sort((a, b) => {
    const open = Number(isOpen(b)) - Number(isOpen(a))
    if (open !== 0) return open
    if (!isOpen(a)) return b.openedAt.localeCompare(a.openedAt)
    return RANK[a.severity] - RANK[b.severity] || a.openedAt.localeCompare(b.openedAt)
  })
}

/** News of one incident, which say less than a list does; old news say nothing. */
export function withNews(incidents: readonly Incident[], news: IncidentNews): readonly Incident[] {
  const known = incidents.find(({ id }) => id === news.id)
  if (known && known.version >= news.version) return incidents
  const { id, number, title, severity, state, node, place, step, stepDue, overdue, openedAt, version } = news
  const point = news.point ?? known?.point
  const next: Incident = { source: 'operator', rooms: [], merged: 0, ...known, id, number, title, severity, state, node, place, point, step, stepDue, overdue, openedAt, version }
  return known ? incidents.map((incident) => (incident === known ? next : incident)) : [next, ...incidents]
}

/** A list that was asked for, with what was heard while it was on its way (`heard`): the newer version of each holds. */
export function withList(known: readonly Incident[], listed: readonly Incident[], heard: ReadonlySet<string>): Incident[] {
  const before = new Map(known.map((incident) => [incident.id, incident]))
  const there = new Set(listed.map(({ id }) => id))
  const newer = (incident: Incident): Incident => {
    const ours = before.get(incident.id)
    return ours && ours.version > incident.version ? { ...incident, ...ours, rooms: incident.rooms } : incident
  }
  return [...known.filter(({ id }) => heard.has(id) && !there.has(id)), ...listed.map(newer)]
}
