import { shallowRef, type ShallowRef } from 'vue'
import { DeviceFailed, openMic, type DeviceTrouble } from '@/media/devices'
import { Keying, type MicSender } from '@/media/keying'

export type MicState = { name: 'opening' } | { name: 'ready' } | { name: 'trouble'; trouble: DeviceTrouble }

/** Who wants the microphone open: the talk key, the live picture, a call without a floor, somebody who listens in. */
export type MicUse = 'talk' | 'live' | 'call' | 'ambient'

/** The one microphone: opened once for the shift, its uplink open while anybody wants it. */
export class MicDesk {
  readonly state: ShallowRef<MicState> = shallowRef({ name: 'opening' })
  private readonly keying = new Keying()
  private readonly uses = new Set<MicUse>()
  private microphone: MediaStreamTrack | undefined

  /** @param lost the microphone is gone while the page uses it */
  constructor(private readonly lost: () => void) {}

  async open(): Promise<void> {
    if (this.microphone?.readyState === 'live') return
    this.state.value = { name: 'opening' }
    try {
      const track = await openMic()
      this.microphone?.stop()
      this.microphone = track
      this.keying.useTrack(track)
      this.state.value = { name: 'ready' }
      track.onended = () => {
        if (this.microphone !== track) return
        this.lost()
        this.state.value = { name: 'trouble', trouble: 'busy' }
      }
    } catch (error) {
      this.state.value = { name: 'trouble', trouble: error instanceof DeviceFailed ? error.trouble : 'failed' }
    }
  }

  get isReady(): boolean {
    return this.state.value.name === 'ready'
  }

  /** For level meters and tests. */
  get track(): MediaStreamTrack | undefined {
    return this.microphone
  }

  get isOpen(): boolean {
    return this.keying.isOn
  }

  /** A new peer connection has a new sender. */
  use(sender: MicSender | undefined): void {
    this.keying.use(sender)
  }

  /** @param withTail the person has just let go, so the last syllable still gets out */
  want(use: MicUse, on: boolean, withTail = false): void {
    if (on) this.uses.add(use)
    else this.uses.delete(use)
    if (this.uses.size > 0) this.keying.on()
    else this.keying.off(withTail)
  }

  wantNothing(): void {
    this.uses.clear()
    this.keying.off()
  }

  stop(): void {
    this.wantNothing()
    this.microphone?.stop()
    this.microphone = undefined
  }
}
