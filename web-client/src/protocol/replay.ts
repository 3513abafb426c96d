import type { TimelineEntry } from './incidents'
import type { PersonRole } from './mediations'
import type { Severity } from './messages'

/** What `/api/incidents/{id}/replay` and its neighbours say; REST, unlike messages.ts not written by the server's tests. */
export interface TakingPart { id: string; name: string; kind: string }
export interface Cry { id: string; unit: string; tier: Severity; at: string; endedAt?: string; reason?: string }

export interface Replay {
  now: string
  from: string
  /** When it was closed, or now. */
  until: string
  live: boolean
  /** Whether this seat may ask for the units' ways, and write marks. */
  follows: boolean
  marks: boolean
  units: TakingPart[]
  calls: { id: string; name: string }[]
  alerts: Cry[]
}

/** `points`: milliseconds, latitude and longitude in millionths of a degree, the first from `from` and zero, the others from the one before. */
export interface WayPiece { unit: string; from: string; until: string; points: string }

/** What a camera or microphone sent, as far as this seat may see it; `until` absent while it goes on. */
export interface RecordedSpan { unit: string; name: string; medium: 'picture' | 'sound'; from: string; until?: string; complete: boolean; chain?: string }

/** A part of it to be played; asked for again until it is made. */
export interface RecordedPiece { state: 'making' | 'ready' | 'failed'; reason?: string; href?: string; began?: string; durationMs: number }

/** What `/api/mediations/{id}/replay` says of a mediation that is over. */
export interface Sitting {
  id: string
  title: string
  outcome: 'agreed' | 'not-agreed' | 'cancelled'
  now: string
  from: string
  until: string
  people: { id: string; name: string; role: PersonRole }[]
  lines: TimelineEntry[]
  recordings: SittingSpan[]
}

/** What one person sent in one room, picture and sound as one; `room`: `joint`, or the party whose private talk it was. */
export interface SittingSpan { person: string; room: string; medium: 'picture' | 'sound'; from: string; until?: string; complete: boolean; chains: string[] }

export type MarkKind = 'finding' | 'action'
export interface Mark { id: string; at: string; kind: MarkKind; text: string; by: string; writtenAt: string; own: boolean }
export interface NewMark { clientId: string; at: string; kind: MarkKind; text: string }
