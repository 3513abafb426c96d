import type {
  Alert, AmbientState, Burst, Call, Callback, Group, Limits, Live, Node as OrgNode, Order, Outcome, ReportedStep, Severity, Status, TileState,
  Unit, User, Watcher,
} from '@/protocol/messages'
import type { KnownPosition } from './place/motion'

export interface LiveState { live: Live | undefined; watchers: Watcher[] }
export interface Tile { unit: string; state: TileState; reason?: string }

/** Somebody wants our picture. */
export interface IncomingAsk { ask: string; by: string; pull: boolean; at: number }

/** We want a unit's picture. */
export interface OutgoingAsk { ask: string; unit: string; pull: boolean; at: number; outcome?: Outcome | 'refused'; reason?: string }

/** An order that the server has not confirmed yet. */
export interface Draft {
  order: string
  units: string[]
  group?: string
  text: string
  severity: Severity
  incident?: string
  at: number
  refused?: string
}

/** A step that this terminal has taken and the server has not confirmed yet. */
export interface PendingReport { order: string; step: ReportedStep; reason?: string; at: string }

/** A unit that we listen to without calling it. */
export interface Listening { ambient: string; unit: string; state: AmbientState; notice: boolean; since: number }

/** Somebody listens to us without calling. */
export interface ListenedTo { ambient: string; by?: string; picture: boolean; notice: boolean; since: number }

/** A call for help, with the time of this page at which it was first heard of: clocks differ. */
export interface KnownAlert extends Alert { heardAt: number }

/** Our own call for help, until the server has it. */
export interface Raising { alert: string; tier: Severity; group?: string; at: number; refused?: string }

/** One line of the ticker: a key of the locale files with its values. */
export interface Line { id: number; at: number; key: string; values: Record<string, string>; unit?: string; tone?: 'good' | 'bad' | 'plain' }

/** Everything this page knows of the world. Never changed in place: `reduce` makes the next one. */
export interface Model {
  me: User | undefined
  limits: Limits
  nodes: Record<string, OrgNode>
  units: Record<string, Unit>
  groups: Record<string, Group>
  orders: Record<string, Order>
  lives: Record<string, LiveState>
  tiles: Record<number, Tile>
  /** The session goes on at another node, and pictures are seen over the old connection until it has asked for them anew. */
  moved: boolean
  /** Open and ringing ones. */
  calls: Record<string, Call>
  voice: Record<string, string | undefined>
  /** Calls in which somebody talks whose voice does not come here, and why. */
  unheard: Record<string, string>
  callbacks: Record<string, Callback>
  /** Pending and active ones. */
  alerts: Record<string, KnownAlert>
  raising: Raising | undefined
  positions: Record<string, KnownPosition>
  /** The newest first; of the old ones only what was missed. */
  bursts: Burst[]
  listening: Record<string, Listening>
  listenedTo: ListenedTo[]
  incoming: IncomingAsk[]
  outgoing: Record<string, OutgoingAsk>
  drafts: Draft[]
  pending: PendingReport[]
  ticker: Line[]
  lines: number
  ready: boolean
}

export const EMPTY: Model = {
  me: undefined,
  limits: { orderChars: 2000, tiles: 9, voiceSlots: 4, layers: 'none' },
  nodes: {}, units: {}, groups: {}, orders: {}, lives: {}, tiles: {}, moved: false, calls: {}, voice: {}, callbacks: {}, alerts: {}, raising: undefined,
  positions: {}, bursts: [], listening: {}, listenedTo: [], unheard: {},
  incoming: [], outgoing: {}, drafts: [], pending: [], ticker: [], lines: 0, ready: false,
}

/** What this page does itself, told to the reducer beside the server's words. */
export type LocalEvent =
  | { type: 'local.drafted'; draft: Draft }
  | { type: 'local.draft-refused'; order: string; code: string }
  | { type: 'local.draft-dropped'; order: string }
  | { type: 'local.asked'; ask: OutgoingAsk }
  | { type: 'local.ask-refused'; ask: string; code: string }
  | { type: 'local.ask-seen'; ask: string }
  | { type: 'local.outgoing-seen'; unit: string }
  | { type: 'local.reported'; report: PendingReport }
  | { type: 'local.report-settled'; order: string; step: ReportedStep }
  | { type: 'local.watching'; tile: number; unit: string }
  | { type: 'local.watch-refused'; tile: number; unit: string; reason: string }
  | { type: 'local.unwatched'; tile: number }
  | { type: 'local.affiliated'; group: string; affiliated: boolean }
  | { type: 'local.status'; status: Status }
  | { type: 'local.call-gone'; call: string }
  | { type: 'local.callback-done'; callback: string }
  | { type: 'local.raised'; raising: Raising }
  | { type: 'local.raise-refused'; alert: string; code: string }
  | { type: 'local.raise-dropped' }
  | { type: 'local.heard'; bursts: string[] }
  | { type: 'local.bursts-found'; bursts: Burst[] }
  | { type: 'local.listening'; listening: Listening }
  | { type: 'local.listening-ended'; ambient: string }
  | { type: 'local.said'; key: string; values: Record<string, string>; tone?: Line['tone'] }
