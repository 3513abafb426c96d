import { inject, shallowRef, watch, type InjectionKey, type ShallowRef } from 'vue'
import { newId } from '@/connection/new-id'
import { RestRefusal } from '@/connection/rest'
import type { Action, EvidenceItem, Incident, IncidentCase, Suggestion, TimelineEntry } from '@/protocol/incidents'
import type { DispatchSession } from '@/session/session'
import type { IncidentDesk } from './incident-desk'

export const CASE: InjectionKey<CaseDesk> = Symbol('case')

/** Somebody was first, and what we wanted did not happen. */
export interface Conflict { action: Action; who?: string; at?: string }

/** What came of an act: done, or why not. */
export type Outcome = { name: 'done' } | { name: 'conflict' } | { name: 'refused'; code: string; details?: Readonly<Record<string, unknown>> }

/** Orders and talk of an incident make no news of their own: the time line is read again, but not with every word. */
const READ_AGAIN_MS = 1_500
const TELLING: readonly string[] = ['order.changed', 'burst.ended', 'incident.changed']

/** The one incident that is looked at: all of it, what this seat may do with it, and doing it. */
export class CaseDesk {
  readonly id: ShallowRef<string | undefined> = shallowRef()
  readonly shown: ShallowRef<IncidentCase | undefined> = shallowRef()
  readonly timeline: ShallowRef<readonly TimelineEntry[]> = shallowRef([])
  readonly evidence: ShallowRef<readonly EvidenceItem[]> = shallowRef([])
  readonly evidenceTrouble: ShallowRef<boolean> = shallowRef(false)
  readonly trouble: ShallowRef<string | undefined> = shallowRef()
  /** The time line could not be read: what is shown of it may be old. */
  readonly linesTrouble: ShallowRef<boolean> = shallowRef(false)
  readonly conflict: ShallowRef<Conflict | undefined> = shallowRef()
  readonly busy: ShallowRef<boolean> = shallowRef(false)
  private suggestion: Suggestion | undefined
  private suggestedFor: string | undefined
  private turn = 0
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(session: DispatchSession, private readonly desk: IncidentDesk) {
    session.listeners.add((message) => TELLING.includes(message.type) && this.readSoon())
    watch(desk.incidents, () => this.listChanged())
  }

  open(id: string | undefined): void {
    if (id === this.id.value) return
    this.stop()
    this.turn++
    this.id.value = id
    this.shown.value = undefined
    this.suggestion = this.suggestedFor = undefined
    this.timeline.value = []
    this.linesTrouble.value = false
    this.evidence.value = []
    this.evidenceTrouble.value = false
    this.trouble.value = undefined
    this.conflict.value = undefined
    if (id) void this.read()
  }

  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }

  /** Asks for the newest state; an answer that comes after another incident was opened is nobody's. */
  async read(): Promise<void> {
    const id = this.id.value
    if (!id) return
    const turn = ++this.turn
    try {
      const lines = this.desk.api.timeline(id).catch(() => undefined)
      const shown = this.desk.api.evidence(id).catch(() => undefined)
      const found = await this.desk.api.one(id)
      if (turn !== this.turn) return
      this.take(found)
      this.trouble.value = undefined
      const told = await lines
      if (turn !== this.turn) return
      this.linesTrouble.value = told === undefined
      this.timeline.value = told ?? this.timeline.value
      const pictures = await shown
      if (turn !== this.turn) return
      this.evidenceTrouble.value = pictures === undefined
      this.evidence.value = pictures ?? this.evidence.value
    } catch (error) {
      if (turn === this.turn) this.trouble.value = codeOf(error)
    }
  }

  /** @param clientId the same for the same act, however often it is sent */
  async act(action: Action, fields: Readonly<Record<string, unknown>> = {}, clientId = newId()): Promise<Outcome> {
    const before = this.shown.value
    if (!before || this.busy.value) return { name: 'refused', code: 'too-many' }
    this.busy.value = true
    this.conflict.value = undefined
    try {
      const next = await this.desk.api.act(before.id, { ...fields, clientId, version: before.version, action })
      if (this.id.value === next.id) this.take(next)
      this.desk.keep(inList(next))
      void this.read() // for its time line
      return { name: 'done' }
    } catch (error) {
      if (!(error instanceof RestRefusal) || error.code !== 'version-conflict') return { name: 'refused', code: codeOf(error), details: error instanceof RestRefusal ? error.details : undefined }
      const { who, at } = error.details
      await this.read()
      this.conflict.value = { action, who: typeof who === 'string' ? who : undefined, at: typeof at === 'string' ? at : undefined }
      return { name: 'conflict' }
    } finally {
      this.busy.value = false
    }
  }

  private take(found: IncidentCase): void {
    const { value: before } = this.shown
    if (before?.id === found.id && before.version > found.version) return // was under way before we acted
    this.shown.value = { ...found, suggestion: this.suggestion ?? found.suggestion }
    if (this.suggestedFor !== found.id) void this.suggest(found)
  }

  /** Asked once for each that is opened. Without the list, or without an item that fits, nobody is suggested. */
  private async suggest({ id, title, text, kind }: IncidentCase): Promise<void> {
    this.suggestedFor = id
    const [first] = await this.desk.api.suggest(`${title} ${text ?? ''}`, kind).catch(() => [])
    if (this.shown.value?.id !== id) return
    this.suggestion = first ?? this.shown.value.suggestion
    this.shown.value = { ...this.shown.value, suggestion: this.suggestion }
  }

  private listChanged(): void {
    const listed = this.desk.find(this.id.value)
    if (listed && this.shown.value && listed.version > this.shown.value.version) this.readSoon()
  }

  private readSoon(): void {
    if (!this.id.value) return
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      void this.read()
    }, READ_AGAIN_MS)
  }
}

function codeOf(error: unknown): string {
  return error instanceof RestRefusal ? error.code : 'internal'
}

/** The part that a list has. */
function inList(found: IncidentCase): Incident {
  const { id, number, title, severity, state, node, place, step, stepDue, overdue, openedAt, version, point, closedAt, source, kind, rooms, merged } = found
  return { id, number, title, severity, state, node, place, step, stepDue, overdue, openedAt, version, point, closedAt, source, kind, rooms, merged }
}

export function useCase(): CaseDesk {
  const desk = inject(CASE)
  if (!desk) throw new Error('no incident around this component')
  return desk
}
