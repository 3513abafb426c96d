import type { LetterStore } from '@/connection/durable'
import { LinkLost, Refusal } from '@/connection/link'
import { newId } from '@/connection/new-id'
import type { AlertRaise, Place, ServerMessage, Severity } from '@/protocol/messages'
import { openAlerts } from '@/state/field'
import type { Wiring } from './wiring'

/** After a crash, a call for help that is older than this is not what somebody means now. */
const STILL_MEANT_MS = 10 * 60_000
const REPEAT_MS = 6_000

/** Calling for help, and being called. What is raised is on disk before it is on the wire. */
export class AlertDesk {
  private repeatTimer: ReturnType<typeof setInterval> | undefined
  private readonly silenced = new Set<string>()

  constructor(private readonly wiring: Wiring, private readonly store: LetterStore, private readonly user: string) {}

  raise(tier: Severity, group: string | undefined, position: Place | undefined): string {
    const message: AlertRaise = { type: 'alert.raise', alert: newId(), tier, ...(group ? { group } : {}), ...(position ? { position } : {}) }
    void this.store.put({ id: message.alert, user: this.user, message, at: this.wiring.now() })
    this.wiring.play('alert')
    this.submit(message)
    return message.alert
  }

  /** A letter that a crash has left behind. */
  again(message: AlertRaise, writtenAt: number): void {
    if (this.wiring.now() - writtenAt < STILL_MEANT_MS) this.submit(message)
    else void this.store.remove(message.alert)
  }

  /** Own ones need no reason, others' do. */
  cancel(alert: string, reason?: string): void {
    this.silence(alert)
    // In the order they were written, so that a call that was not out yet is raised and taken back.
    this.wiring.link.keep({ type: 'alert.cancel', alert, ...(reason ? { reason } : {}) }).then(
      () => this.wiring.model().raising?.alert === alert && this.drop(),
      (error: unknown) => this.wiring.failed('cancelAlert', error),
    )
  }

  /** Our own call that the server refused was read. */
  drop(): void {
    this.wiring.apply({ type: 'local.raise-dropped' })
  }

  /** Somebody here has seen it: it is shown on, but sounds no more. */
  silence(alert: string): void {
    this.silenced.add(alert)
    this.follow()
  }

  received(message: ServerMessage): void {
    if (message.type !== 'alert.changed' && message.type !== 'snapshot') return
    if (message.type === 'alert.changed' && message.alert.phase === 'active' && message.alert.unit !== this.wiring.model().me?.unit) {
      this.silenced.delete(message.alert.id)
    }
    this.follow()
  }

  stop(): void {
    clearInterval(this.repeatTimer)
    this.repeatTimer = undefined
  }

  private submit(message: AlertRaise): void {
    const { alert, tier, group } = message
    this.wiring.apply({ type: 'local.raised', raising: { alert, tier, group, at: this.wiring.now() } })
    this.wiring.link.keep(message, alert).then(
      () => void this.store.remove(alert),
      (error: unknown) => {
        // Still on disk when the page was closed over it.
        if (error instanceof LinkLost) return
        void this.store.remove(alert)
        this.wiring.apply({ type: 'local.raise-refused', alert, code: error instanceof Refusal ? error.code : 'internal' })
        this.wiring.play('deny')
      },
    )
  }

  /** Other people's calls for help sound until somebody here has seen them. */
  private follow(): void {
    const model = this.wiring.model()
    const loud = openAlerts(model).some(({ id, unit }) => unit !== model.me?.unit && !this.silenced.has(id))
    if (!loud) return this.stop()
    if (this.repeatTimer) return
    this.wiring.play('alert')
    this.repeatTimer = setInterval(() => this.wiring.play('alert'), REPEAT_MS)
  }
}
