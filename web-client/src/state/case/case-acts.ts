import type { Action, Gate, Handling, IncidentCase, LoopStep } from '@/protocol/incidents'
import type { Model } from '../model'

/** What has to be said with an act. */
export type Field = 'reason' | 'note' | 'node' | 'role' | 'who' | 'proof' | 'how' | 'text' | 'result' | 'severity' | 'into' | 'name' | 'unit' | 'evidence' | 'call'

/** `own`: asked for by a sheet of its own, or where what it is about is shown. */
export interface Act { key?: string; needs: Field[]; optional?: Field[]; own?: 'sheet' | 'place' }

/** Each act's letter, free of those that the console has already, and what it asks for; what asks for nothing is done at once. */
export const ACTS: Record<Action, Act> = {
  accept: { key: 'Y', needs: [] },
  advance: { key: 'G', needs: [], optional: ['note'] },
  callback: { key: 'H', needs: ['how'], optional: ['text', 'call'] },
  close: { key: 'F', needs: ['result'] },
  dispatch: { key: 'D', needs: ['node', 'role'], optional: ['reason'] },
  attend: { key: 'T', needs: ['who', 'proof'], optional: ['unit', 'evidence', 'text'] },
  extend: { key: 'E', needs: ['reason'] },
  note: { key: 'W', needs: ['text'] },
  severity: { key: 'V', needs: ['severity', 'reason'] },
  merge: { key: 'J', needs: ['into'] },
  return: { key: 'Q', needs: ['reason'] },
  back: { key: 'B', needs: ['reason'] },
  reopen: { key: 'R', needs: ['reason'] },
  unmerge: { key: 'K', needs: [] },
  invite: { key: 'Z', needs: [], own: 'sheet' },
  confer: { needs: [], own: 'sheet' },
  settle: { needs: [], own: 'sheet' },
  expect: { needs: ['name'] },
  letter: { needs: [], own: 'sheet' },
  recall: { needs: ['reason'], own: 'place' },
  excuse: { needs: ['reason'], own: 'place' },
}

/** What opens a gate, where this room has an act for it. Another room's share that is not done is that room's to end. */
export function opensGate({ code }: Gate, { attendance, rooms }: Pick<IncidentCase, 'attendance' | 'rooms'>): Action | undefined {
  if (code === 'callback-required') return 'callback'
  if (code === 'overdue-reason-required') return 'extend'
  if (code === 'joint-session-required') return 'confer'
  const waits = rooms.some(({ role, state }) => role === 'joint' && state === 'accepted')
  const comes = attendance.some(({ arrivedAt, proof, excused }) => excused === undefined && (!arrivedAt || proof === 'word'))
  return (code === 'village-session-required' || (code === 'evidence-required' && !waits)) && comes ? 'attend' : undefined
}

/** The act that leads on: what most people want next. */
export function mainAct(found: IncidentCase): Action | undefined {
  const { may, gates } = found
  const forced = gates.map((gate) => opensGate(gate, found)).find((action) => action && may.includes(action))
  return (['accept', 'close'] as const).find((action) => may.includes(action)) ?? forced ?? (['advance'] as const).find((action) => may.includes(action))
}

export interface Progress { at: number; of: number; current: LoopStep | undefined; next: LoopStep | undefined }

/** How far the loop has come, counted from 1. */
export function progress(steps: readonly LoopStep[]): Progress {
  const at = steps.findIndex(({ state }) => state === 'current')
  const done = steps.filter(({ state }) => state === 'done').length
  return { at: at < 0 ? done : at + 1, of: steps.length, current: steps[at], next: steps.slice(at + 1).find(({ state }) => state === 'ahead') }
}

/** Both rooms have answered for one matter: how many of how many. */
export function acknowledged(rooms: readonly Handling[]): { answered: number; of: number } {
  const asked = rooms.filter(({ state }) => state !== 'returned')
  return { answered: asked.filter(({ state }) => state !== 'offered').length, of: asked.length }
}

/** Whose matter it is stands in no list: it is talked about before it is handed on. */
export function isUnclear({ suggestion, session }: Pick<IncidentCase, 'suggestion' | 'session'>): boolean {
  return suggestion === undefined && session?.settledAt === undefined
}

/** The open incident that a unit's picture belongs to: what it was ordered for last. */
export function incidentOf(model: Pick<Model, 'orders'>, unit: string): string | undefined {
  return Object.values(model.orders)
    .filter(({ incident, assignees }) => incident !== undefined && assignees.some((one) => one.unit === unit && one.step !== 'refused' && one.step !== 'done'))
    .sort((a, b) => b.placedAt.localeCompare(a.placedAt))[0]?.incident
}

/** Whose running picture can be shown for an incident: who was ordered for it first. */
export function picturesFor(model: Pick<Model, 'orders' | 'lives' | 'units'>, incident: string): { unit: string; name: string; ordered: boolean }[] {
  return Object.entries(model.lives).filter(([unit, { live }]) => live && model.units[unit])
    .map(([unit]) => ({ unit, name: model.units[unit]!.name, ordered: incidentOf(model, unit) === incident }))
    .sort((a, b) => Number(b.ordered) - Number(a.ordered) || a.name.localeCompare(b.name, 'zh'))
}
