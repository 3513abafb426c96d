import type { Severity } from './messages'

/** What `/api/incidents` says; REST, unlike messages.ts not written by the server's tests. */
export interface IncidentPoint { latitude: number; longitude: number }

/** One incident in a list. What older nodes do not know is absent. */
export interface Incident {
  id: string
  number: string
  title: string
  severity: Severity
  state: string
  node: string
  place: string
  point?: IncidentPoint
  openedAt: string
  closedAt?: string
  /** Sent back with every change. */
  version: number
}
