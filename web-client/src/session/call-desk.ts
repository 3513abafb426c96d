import { shallowRef, type ShallowRef } from 'vue'
import { Refusal } from '@/connection/link'
import { newId } from '@/connection/new-id'
import type { Answering, CallOpen, ServerMessage } from '@/protocol/messages'
import { duplexCall, ringingHere } from '@/state/calls'
import type { MicDesk } from './mic-desk'
import type { Wiring } from './wiring'

export interface NewCall { floor?: boolean; answer?: Answering; incident?: string }

const RING_EVERY_MS = 3_000

/** Private calls and requests to call back: calling, ringing, answering, and the open microphone of a call without a floor. */
export class CallDesk {
  /** Our own voice is kept out of a call without a floor. */
  readonly muted: ShallowRef<boolean> = shallowRef(false)
  /** How this device takes calls. */
  readonly mode: ShallowRef<'auto' | 'manual'> = shallowRef('auto')
  private ringTimer: ReturnType<typeof setInterval> | undefined

  constructor(private readonly wiring: Wiring, private readonly mic: MicDesk) {}

  open(unit: string, { floor = true, answer = 'auto', incident }: NewCall = {}): void {
    const message: CallOpen = { type: 'call.open', unit, ...(floor ? {} : { floor }), ...(answer === 'auto' ? {} : { answer }), incident }
    this.wiring.link.ask(message).catch((error: unknown) => this.wiring.failed('call', error))
  }

  answer(call: string): void {
    this.wiring.link.ask({ type: 'call.answer', call }).catch((error: unknown) => this.wiring.failed('answer', error))
  }

  decline(call: string, reason?: string): void {
    this.wiring.apply({ type: 'local.call-gone', call })
    this.followRinging()
    this.wiring.link.keep({ type: 'call.decline', call, ...(reason ? { reason } : {}) }).catch(() => undefined)
  }

  close(call: string): void {
    this.wiring.link.keep({ type: 'call.close', call }).catch((error: unknown) => {
      // Not there any more: the other side was quicker, or the server forgot it.
      if (error instanceof Refusal) this.wiring.apply({ type: 'local.call-gone', call })
      else this.wiring.failed('call', error)
    })
  }

  mute(on: boolean): void {
    this.muted.value = on
    this.followDuplex()
  }

  /** @param quietly at the beginning of a session: the server is told what this device remembers */
  setMode(mode: 'auto' | 'manual', quietly = false): void {
    this.mode.value = mode
    this.wiring.link.keep({ type: 'call.mode', answer: mode }).catch((error: unknown) => quietly || this.wiring.failed('mode', error))
  }

  askBack(unit: string, note?: string): void {
    const callback = newId()
    this.wiring.link.keep({ type: 'callback.ask', callback, unit, ...(note ? { note } : {}) }, callback).then(
      () => this.wiring.notice('notice.callbackAsked', {}, 'good'),
      (error: unknown) => this.wiring.failed('callback', error),
    )
  }

  /** Called back, or not needed any more. */
  doneWith(callback: string): void {
    this.wiring.apply({ type: 'local.callback-done', callback })
    this.wiring.link.keep({ type: 'callback.done', callback }).catch((error: unknown) => this.wiring.failed('callback', error))
  }

  received(message: ServerMessage): void {
    switch (message.type) {
      case 'call.opened':
        if (!message.oneAtATime) this.muted.value = false
        if (message.incoming) this.wiring.play('asked')
        break
      case 'call.closed':
        if (message.cause !== 'answeredElsewhere') this.wiring.play('end')
        break
      case 'call.ringing':
      case 'snapshot':
        break
      default:
        return
    }
    this.followRinging()
    this.followDuplex()
  }

  stop(): void {
    clearInterval(this.ringTimer)
    this.ringTimer = undefined
  }

  private followDuplex(): void {
    this.mic.want('call', duplexCall(this.wiring.model()) !== undefined && !this.muted.value)
  }

  private followRinging(): void {
    const ringing = ringingHere(this.wiring.model()).length > 0
    if (!ringing) return this.stop()
    if (this.ringTimer) return
    this.wiring.play('ring')
    this.ringTimer = setInterval(() => {
      if (ringingHere(this.wiring.model()).length === 0) return this.stop()
      this.wiring.play('ring')
    }, RING_EVERY_MS)
  }
}
