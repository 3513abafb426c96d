import type { Named } from './incidents'

/** What `/api/figures`, `/api/duty` and `/api/outbox` say; REST, so not written by the server's tests. */
export const PERIODS = ['day', 'week', 'month'] as const
export type Period = (typeof PERIODS)[number]

/** Rates are 0 to 1; what would be a rate of nothing is absent. */
export interface FigureLine {
  received: number
  receivedClosed: number
  closureRate?: number
  closed: number
  meanMinutes?: number
  medianMinutes?: number
  rated: number
  satisfactionRate?: number
  stars?: number
  firstLimits: number
  firstInTimeRate?: number
  limits: number
  late: number
  inTimeRate?: number
  open: number
  overdue: number
  parts: number
  reports: number
  reportsAdded: number
  alarms: number
  alarmsAdded: number
  orderShares: number
  orderDone: number
  executionRate?: number
}

export interface FigurePart { key: string; name?: { zh: string; en: string }; figures: FigureLine }

export interface FigureSeat {
  seat: string
  name?: { zh: string; en: string }
  post?: string
  node?: string
  acts: number
  closed: number
  callbacks: number
  extended: number
  orderShares: number
  orderDone: number
  executionRate?: number
}

export const PARTITIONS = ['byNode', 'byKind', 'bySource', 'bySeverity'] as const
export type Partition = (typeof PARTITIONS)[number]

export interface Figures extends Record<Partition, FigurePart[]> {
  period: Period
  /** First and last day, as `2026-11-29`. */
  from: string
  to: string
  zone: string
  node: string
  name: Exclude<Named, string>
  at: string
  total: FigureLine
  bySeat: FigureSeat[]
}

export const POSTS = ['dutyCommander', 'coordination', 'analysis', 'transferSupervision', 'appraisal', 'emergency', 'custom'] as const
export type Post = (typeof POSTS)[number]

export interface Shift { id: string; node: string; post: Post; person: string; from: string; until: string; changedBy: string; changedAt: string; version: number }
export interface Roster { node: string; zone: string; mayEdit: boolean; shifts: Shift[] }
export interface ShiftWish { clientId?: string; version?: number; post: Post; person: string; from: string; until: string }
export interface HandOver { id: string; node: string; from: string; text: string; at: string; to?: string; takenAt?: string }

export interface OutgoingMessage {
  id: string
  incident: string
  number: string
  node: string
  phone: string
  state: 'waiting' | 'sent' | 'failed'
  attempts: number
  createdAt: string
  sentAt?: string
  nextTryAt?: string
  text?: string
  failure?: string
}
export interface OutboxPage { messages: OutgoingMessage[]; next?: string }
