import { inject, shallowRef, type InjectionKey, type ShallowRef } from 'vue'
import { ConsultationApi } from '@/connection/consultations'
import { RestRefusal } from '@/connection/rest'
import type { Agenda, ConsultationPreset } from '@/protocol/consultations'
import type { Incident } from '@/protocol/incidents'
import type { Consultation } from '@/protocol/messages'
import type { DispatchSession } from '@/session/session'

export const CONSULT: InjectionKey<ConsultDesk> = Symbol('consult')

/** Meetings that this seat may call or sits at: asked for once in every session, then kept by the server's news alone. An answer may be older than news that came before it. */
export class ConsultDesk {
  readonly presets: ShallowRef<readonly ConsultationPreset[]> = shallowRef([])
  readonly open: ShallowRef<readonly Consultation[]> = shallowRef([])
  readonly busy: ShallowRef<boolean> = shallowRef(false)
  /** Code of the last refusal. */
  readonly refused: ShallowRef<string | undefined> = shallowRef()
  private readonly api: ConsultationApi
  /** The newest of each that came since the overview was asked for. */
  private readonly overtook = new Map<string, Consultation>()

  constructor(session: DispatchSession, token: string) {
    this.api = new ConsultationApi(() => session.link.at, token)
    session.listeners.add((message) => {
      if (message.type === 'snapshot') void this.look()
      if (message.type === 'consultation.due') {
        session.notice('consult.due', { name: message.name }, 'good')
        session.play('asked')
        void this.look()
      }
      if (message.type === 'consultation.state') this.take(message.consultation)
    })
  }

  /** Who can be called together about this; about nothing, everybody whom this seat may call. Meetings that come again are about figures. */
  offered(incident: Pick<Incident, 'rooms'> | undefined): readonly ConsultationPreset[] {
    return this.presets.value.filter(({ town, every }) => !every && (!incident || incident.rooms.some(({ node }) => node === town)))
  }

  /** Those that come again, the next one first. */
  get meetings(): readonly ConsultationPreset[] {
    return this.presets.value.filter(({ every }) => every).sort((a, b) => (a.nextAt ?? '').localeCompare(b.nextAt ?? ''))
  }

  agenda({ id, town }: ConsultationPreset): Promise<Agenda> {
    return this.api.agenda(id, town)
  }

  mayCall({ preset, town }: Consultation): boolean {
    return this.presets.value.some((one) => one.id === preset && one.town === town)
  }

  call(preset: string, town: string, incident: string | undefined): Promise<boolean> {
    return this.act(async () => void (await this.api.call(preset, town, incident)))
  }

  end(id: string): Promise<boolean> {
    return this.act(async () => void (await this.api.end(id)))
  }

  /** @param page opened by the press itself: a window that opens later is held back by browsers */
  async sit(id: string, page: Window | null): Promise<void> {
    const done = await this.act(async () => {
      const { path } = await this.api.seat(id)
      if (page) page.location.href = path
      else location.assign(path)
    })
    if (!done) page?.close()
  }

  private async look(): Promise<void> {
    this.overtook.clear()
    try {
      const { presets, open } = await this.api.overview()
      this.presets.value = presets
      this.open.value = open
      for (const news of this.overtook.values()) this.put(news)
    } catch {
      // With the next session.
    }
  }

  private take(news: Consultation): void {
    this.overtook.set(news.id, news)
    this.put(news)
  }

  private put(news: Consultation): void {
    const others = this.open.value.filter(({ id }) => id !== news.id)
    this.open.value = news.endedAt ? others : [...others, news].sort((a, b) => a.calledAt.localeCompare(b.calledAt))
  }

  private async act(work: () => Promise<void>): Promise<boolean> {
    if (this.busy.value) return false
    this.busy.value = true
    this.refused.value = undefined
    try {
      await work()
      return true
    } catch (error) {
      this.refused.value = error instanceof RestRefusal ? error.code : 'internal'
      return false
    } finally {
      this.busy.value = false
    }
  }
}

export function useConsult(): ConsultDesk {
  const desk = inject(CONSULT)
  if (!desk) throw new Error('no consultations around this component')
  return desk
}
