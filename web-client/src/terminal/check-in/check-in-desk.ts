import { shallowRef, watch, type ShallowRef } from 'vue'
import { account } from '@/app/account'
import { newId } from '@/connection/new-id'
import { ask, RestRefusal } from '@/connection/rest'
import { shelf } from '@/connection/shelf'
import type { CheckInWish } from '@/protocol/check-ins'
import type { DispatchSession } from '@/session/session'

/** On the device's disk until the server has it. */
export interface KeptCheckIn { id: string; user: string; wish: CheckInWish }

const AGAIN_MS = 30_000
/** More than one person comes to in the days for which the server takes them. */
const MOST = 200

/** Check-ins of this person: kept on the device first, then sent in the order in which they were made, whenever there is a network. */
export class CheckInDesk {
  readonly waiting: ShallowRef<readonly KeptCheckIn[]> = shallowRef([])
  /** The last one that the room has. */
  readonly last: ShallowRef<CheckInWish | undefined> = shallowRef()
  /** Why the server would not take one: it is not sent again. */
  readonly refused: ShallowRef<string | undefined> = shallowRef()
  private readonly disk = shelf('maplebridge-check-ins', 'wishes')
  private readonly user = account.value!.user.id
  private readonly token = account.value!.token
  private readonly began: Promise<void>
  private sending = false
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly session: DispatchSession) {
    this.began = this.read()
    watch(session.phase, ({ name }) => name === 'open' && void this.send(), { immediate: true })
  }

  async checkIn(place: string, note: string): Promise<void> {
    await this.began
    const { state, place: point } = this.session.positions
    const wish: CheckInWish = {
      clientId: newId(), place, at: new Date(this.session.now()).toISOString(), ...(note ? { note } : {}), ...(state.value === 'on' && point ? { point } : {}),
    }
    const kept = { id: wish.clientId, user: this.user, wish }
    this.refused.value = undefined
    this.waiting.value = [...this.waiting.value, kept].slice(-MOST)
    await this.disk('readwrite', (wishes) => wishes.put(kept))
    await this.send()
  }

  private async read(): Promise<void> {
    const all = (await this.disk('readonly', (wishes) => wishes.getAll() as IDBRequest<KeptCheckIn[]>)) ?? []
    this.waiting.value = all.filter(({ user }) => user === this.user).sort((a, b) => a.wish.at.localeCompare(b.wish.at))
  }

  private async send(): Promise<void> {
    await this.began
    if (this.sending) return
    this.sending = true
    clearTimeout(this.timer)
    try {
      for (let next = this.waiting.value[0]; next; next = this.waiting.value[0]) await this.sendOne(next)
    } catch {
      this.timer = setTimeout(() => void this.send(), AGAIN_MS)
    } finally {
      this.sending = false
    }
  }

  /** Throws while nobody hears us. */
  private async sendOne(kept: KeptCheckIn): Promise<void> {
    try {
      await ask(this.session.link.at, this.token, 'POST', '/api/check-ins', kept.wish)
      this.last.value = kept.wish
    } catch (error) {
      if (!(error instanceof RestRefusal) || error.unheard || error.status === 401) throw error
      this.refused.value = error.code
    }
    this.waiting.value = this.waiting.value.filter((one) => one !== kept)
    await this.disk('readwrite', (wishes) => wishes.delete(kept.id))
  }
}

const desks = new WeakMap<DispatchSession, CheckInDesk>()

/** The session's one; made when it is first asked for, it goes on sending without a sheet. */
export function checkInDesk(session: DispatchSession): CheckInDesk {
  const desk = desks.get(session) ?? new CheckInDesk(session)
  desks.set(session, desk)
  return desk
}
