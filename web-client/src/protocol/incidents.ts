import type { Severity } from './messages'

/** What `/api/incidents` says; REST, unlike messages.ts not written by the server's tests. */
export interface IncidentPoint { latitude: number; longitude: number }

/** A name in both languages, or one for both. */
export type Named = string | { zh: string; en: string }

export type HandlingState = 'offered' | 'accepted' | 'returned' | 'done'

/** One room's own ledger of an incident. */
export interface Handling { node: string; name?: string; role: 'owner' | 'joint'; state: HandlingState; offeredAt: string; answeredAt?: string }

/** What a list, and the news of a change, say of an incident. */
export interface IncidentNews {
  id: string
  number: string
  title: string
  severity: Severity
  state: string
  node: string
  place: string
  point?: IncidentPoint
  /** The step of its loop; `state` is the word of the seven that it stands for. */
  step: string
  stepDue?: string
  overdue: boolean
  openedAt: string
  /** Sent back with every change. */
  version: number
}

/** One incident in a list. */
export interface Incident extends IncidentNews {
  closedAt?: string
  source: string
  kind?: string
  rooms: Handling[]
  /** Reports that were merged into it. */
  merged: number
}

/** Who answers for a step: the room that owns the incident, all rooms in it, who supervises, the county's centre. */
export type StepOwner = 'owner' | 'rooms' | 'supervisor' | 'centre'

export interface LoopStep { id: string; name: string; state: 'done' | 'current' | 'ahead'; owner: StepOwner; enteredAt?: string; leftAt?: string; due?: string }
export type CallbackHow = 'call' | 'refused' | 'no-answer'
export interface CallbackMade { at: string; by: string; how: CallbackHow; text?: string; call?: string }
export type Proof = 'position' | 'picture' | 'word'

/** `awaited`: named by the room, which may excuse them. Only a position or a picture is a proof. */
export interface Attendance {
  who: string
  name: string
  awaited?: boolean
  arrivedAt?: string
  proof?: Proof
  unit?: string
  metres?: number
  seenAt?: string
  evidence?: string
  text?: string
  excused?: string
}

export interface PlaceName { node: string; name: string }

/** A running picture that a room is shown for this incident. */
export interface Showing { id: string; unit: string; unitName: string; node: string; name: string; by: string; reason: string; at: string }

/** A joint session; `settledAt` and what follows when it is over. */
export interface JointSession { openedAt: string; by: string; reason: string; rooms: PlaceName[]; settledAt?: string; owner?: PlaceName; decision?: string; present: PlaceName[] }

export interface LetterWritten { number: number; template: string; to: PlaceName; sent: boolean; due?: string; at: string; by: string }
export interface LetterTemplate { id: string; name: string; slip: boolean; replyDays: number }

/** A letter with its gaps filled: plain text. */
export interface LetterText {
  template: string
  name: string
  slip: boolean
  serial: string
  heading: string
  paragraphs: string[]
  rows: { label: string; value: string }[]
  from: string
  to: string
  date: string
  due: string
}

/** What a severity means. `tiles`: of the wall, covered by one picture; `floor`: tier of the talk of its group. */
export interface SeverityPolicy {
  severity: Severity
  tone: 'once' | 'repeated' | 'untilAnswered'
  floor: Severity
  reception: 'whenAsked' | 'offered' | 'atOnce'
  tiles: number
  signOff: 'seat' | 'supervisor' | 'centre'
}

/** How many device alarms a seat is shown within how many minutes. */
export interface AlarmBudget { most: number; minutes: number }

/** A department that the ownership list names; `unit` is its room, to be called. */
export interface Agency { node: string; name: string; unit?: string; owner: string; item: string; text: string; suggested: boolean }
export interface Suggestion { item: string; text: string; owner: string; node?: string }
export interface MergedReport { id: string; source: string; at: string; text: string; place: string }

export const ACTIONS = [
  'accept', 'advance', 'callback', 'close', 'dispatch', 'attend', 'extend', 'note', 'severity', 'merge', 'return', 'back', 'reopen', 'unmerge',
  'invite', 'confer', 'settle', 'expect', 'letter', 'recall', 'excuse',
] as const
export type Action = (typeof ACTIONS)[number]

/** Why an action that the step would offer is shut now. */
export interface Gate { action: Action; code: string; text?: string }

/** One incident with all that this seat may know of it and do with it. */
export interface IncidentCase extends Incident {
  text?: string
  /** What came of it, once it is closed. */
  result?: string
  reporter?: { name?: string; phone?: string }
  loop?: string
  steps: LoopStep[]
  callbacks: CallbackMade[]
  attendance: Attendance[]
  showings: Showing[]
  session?: JointSession
  letters: LetterWritten[]
  suggestion?: Suggestion
  reports: MergedReport[]
  may: Action[]
  gates: Gate[]
}

export interface TimelineEntry { at: string; kind: string; who?: string; seat?: string; text?: string; details?: Readonly<Record<string, unknown>> }

/** A picture or video of an incident. `said`: where the picture itself says it was taken, which nothing proves. */
export interface EvidenceItem {
  id: string
  type: string
  video: boolean
  bytes: number
  sha256: string
  at: string
  by?: string
  unit?: string
  order?: string
  width?: number
  height?: number
  said?: IncidentPoint
  href: string
}

export interface Duplicate { id: string; number: string; title: string; place: string; openedAt: string; score: number; why: ('place' | 'time' | 'person' | 'text')[] }

/** `clientId` is chosen by the page, so sending it again changes nothing. */
export interface NewIncident {
  clientId: string
  title: string
  severity: Severity
  place: string
  point?: IncidentPoint
  text?: string
  kind?: string
  reporter?: { name?: string; phone?: string }
}

export interface ActionRequest { clientId: string; version: number; action: Action; [field: string]: unknown }
