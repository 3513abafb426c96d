import { inject, shallowRef, type InjectionKey, type ShallowRef } from 'vue'
import { IncidentApi, RestRefusal } from '@/connection/incidents'
import type { Incident } from '@/protocol/incidents'
import type { DispatchSession } from '@/session/session'

export const INCIDENTS: InjectionKey<IncidentDesk> = Symbol('incidents')

const LOOK_EVERY_MS = 10_000

/** The incidents that this person sees. Asked for again and again for as long as the page is open. */
export class IncidentDesk {
  readonly incidents: ShallowRef<readonly Incident[]> = shallowRef([])
  /** Why there may be more or newer ones than are shown. */
  readonly trouble: ShallowRef<string | undefined> = shallowRef()
  readonly loaded: ShallowRef<boolean> = shallowRef(false)
  readonly api: IncidentApi
  private timer: ReturnType<typeof setInterval> | undefined
  private looking = false

  constructor(session: DispatchSession, token: string) {
    this.api = new IncidentApi(() => session.link.at, token)
    session.listeners.add((message) => message.type === 'snapshot' && void this.look())
  }

  start(): void {
    void this.look()
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS)
  }

  stop(): void {
    clearInterval(this.timer)
  }

  find(id: string | undefined): Incident | undefined {
    return id === undefined ? undefined : this.incidents.value.find((incident) => incident.id === id)
  }

  async look(): Promise<void> {
    if (this.looking) return
    this.looking = true
    try {
      this.incidents.value = await this.api.list()
      this.trouble.value = undefined
      this.loaded.value = true
    } catch (error) {
      this.trouble.value = error instanceof RestRefusal ? error.code : 'internal'
    } finally {
      this.looking = false
    }
  }
}

export function useIncidents(): IncidentDesk {
  const desk = inject(INCIDENTS)
  if (!desk) throw new Error('no incidents around this component')
  return desk
}
