import { Refusal } from '@/connection/link'
import { newId } from '@/connection/new-id'
import type { AmbientAsked, ServerMessage } from '@/protocol/messages'
import type { LiveDesk } from './live-desk'
import type { MicDesk } from './mic-desk'
import type { Wiring } from './wiring'

/** Listening in: to a unit, with the right to, and being listened to. */
export class AmbientDesk {
  /** We went live only because somebody listens in with the picture. */
  private showing = false

  constructor(private readonly wiring: Wiring, private readonly mic: MicDesk, private readonly live: LiveDesk) {}

  start(unit: string, picture: boolean): void {
    const ambient = newId()
    const since = this.wiring.now()
    this.wiring.apply({ type: 'local.listening', listening: { ambient, unit, state: 'asked', notice: true, since } })
    this.wiring.link.ask({ type: 'ambient.start', ambient, unit, picture }).catch((error: unknown) => {
      this.wiring.apply({ type: 'local.listening-ended', ambient })
      this.wiring.failed('ambient', error)
    })
  }

  stop(ambient: string): void {
    this.wiring.apply({ type: 'local.listening-ended', ambient })
    this.wiring.link.keep({ type: 'ambient.stop', ambient }).catch((error: unknown) => {
      if (!(error instanceof Refusal)) this.wiring.failed('ambient', error)
    })
  }

  received(message: ServerMessage): void {
    if (message.type === 'ambient.asked') void this.open(message)
    if (message.type !== 'ambient.ended' && message.type !== 'snapshot') return
    if (this.wiring.model().listenedTo.length === 0) this.close()
  }

  /** The session is over, or so it seems to who listened. */
  close(): void {
    this.mic.want('ambient', false)
    if (this.showing) this.live.stop()
    this.showing = false
  }

  private async open({ ambient, picture, notice }: AmbientAsked): Promise<void> {
    if (notice) this.wiring.play('asked')
    if (!this.mic.isReady) await this.mic.open()
    const trouble = this.mic.state.value
    if (trouble.name !== 'ready') return this.report(ambient, trouble.name === 'trouble' ? trouble.trouble : 'failed')
    this.mic.want('ambient', true)
    this.report(ambient)
    if (!picture || this.live.view.value.name === 'live') return
    this.showing = true
    await this.live.start()
  }

  private report(ambient: string, reason?: string): void {
    this.wiring.link.keep({ type: 'ambient.report', ambient, on: reason === undefined, ...(reason ? { reason } : {}) }).catch(() => undefined)
  }
}
