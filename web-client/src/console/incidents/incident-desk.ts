import { inject, shallowRef, type InjectionKey, type ShallowRef } from 'vue'
import { IncidentApi } from '@/connection/incidents'
import { RestRefusal } from '@/connection/rest'
import type { AlarmBudget, Incident, IncidentNews } from '@/protocol/incidents'
import type { DispatchSession } from '@/session/session'
import { withList, withNews } from '@/state/incidents'

export const INCIDENTS: InjectionKey<IncidentDesk> = Symbol('incidents')

/** News say less than a list does: it is asked for anew soon, but in a storm of alarms not more often than every five seconds. */
const LOOK_SOON_MS = 500
const LOOK_EVERY_MS = 5_000
const LOOK_AGAIN_MS = 10_000

/** The incidents that this person sees: asked for once in every session, then kept by the server's news. */
export class IncidentDesk {
  readonly incidents: ShallowRef<readonly Incident[]> = shallowRef([])
  /** Why there may be more or newer ones than are shown. */
  readonly trouble: ShallowRef<string | undefined> = shallowRef()
  readonly loaded: ShallowRef<boolean> = shallowRef(false)
  /** As much of a flood of alarms as a seat is shown; everything until the county's setting is known. */
  readonly budget: ShallowRef<AlarmBudget> = shallowRef({ most: Infinity, minutes: 1 })
  readonly api: IncidentApi
  private timer: ReturnType<typeof setTimeout> | undefined
  private looking = false
  private looked = 0
  private heard = new Set<string>()

  constructor(private readonly session: DispatchSession, token: string) {
    this.api = new IncidentApi(() => session.link.at, token)
    session.listeners.add((message) => {
      if (message.type === 'snapshot') void this.look()
      if (message.type === 'incident.changed') this.changed(message)
    })
  }

  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }

  /** The room that this person sits in, as a place of the tree. */
  get room(): string | undefined {
    const { me, units } = this.session.state.value
    return me?.unit === undefined ? undefined : units[me.unit]?.node
  }

  find(id: string | undefined): Incident | undefined {
    return id === undefined ? undefined : this.incidents.value.find((incident) => incident.id === id)
  }

  /** As the server has just answered it, to us or to all. */
  changed(news: IncidentNews): void {
    const before = this.incidents.value
    this.incidents.value = withNews(before, news)
    this.heard.add(news.id)
    if (this.incidents.value !== before) this.lookIn(Math.max(LOOK_SOON_MS, this.looked + LOOK_EVERY_MS - this.session.now()))
  }

  /** A whole incident: nothing of it need be asked for. */
  keep(incident: Incident): void {
    const others = this.incidents.value.filter(({ id }) => id !== incident.id)
    this.heard.add(incident.id)
    this.incidents.value = [incident, ...others]
  }

  async look(): Promise<void> {
    if (this.looking) return this.lookIn(LOOK_EVERY_MS)
    this.stop()
    this.looking = true
    this.looked = this.session.now()
    this.heard.clear()
    try {
      if (!this.loaded.value) this.budget.value = await this.api.alarmBudget().catch(() => this.budget.value)
      this.incidents.value = withList(this.incidents.value, await this.api.list(), this.heard)
      this.trouble.value = undefined
      this.loaded.value = true
    } catch (error) {
      this.trouble.value = error instanceof RestRefusal ? error.code : 'internal'
      this.lookIn(LOOK_AGAIN_MS)
    } finally {
      this.looking = false
    }
  }

  private lookIn(ms: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      void this.look()
    }, ms)
  }
}

export function useIncidents(): IncidentDesk {
  const desk = inject(INCIDENTS)
  if (!desk) throw new Error('no incidents around this component')
  return desk
}
