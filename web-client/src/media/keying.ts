/** What a microphone's sender can do; an RTCRtpSender, or a fake in tests. */
export interface MicSender {
  replaceTrack(track: MediaStreamTrack | null): Promise<void>
}

/** The uplink stays open this long after the key is let go, so that the last syllable gets through. */
export const TAIL_MS = 200

/**
 * Opens and closes the microphone's uplink without touching the microphone.
 *
 * Measured: bringing both the track and its `enabled` flag back costs about 55 ms to the first
 * audible sample, and an idle uplink sends nothing. `enabled = false` ends cleanly, and only when
 * the tail is out is the track taken off the sender.
 */
export class Keying {
  private track: MediaStreamTrack | undefined
  private sender: MicSender | undefined
  private attached = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private state: 'off' | 'armed' | 'on' = 'off'

  get isOn(): boolean {
    return this.state === 'on'
  }

  use(sender: MicSender | undefined): void {
    this.sender = sender
    this.attached = false
    this.apply()
  }

  useTrack(track: MediaStreamTrack | undefined): void {
    this.track = track
    this.attached = false
    this.apply()
  }

  /** The sender is made ready but silent: the key is down and the floor is asked for. */
  arm(): void {
    if (this.state === 'on') return
    this.set('armed')
  }

  on(): void {
    this.set('on')
  }

  off(): void {
    if (this.state !== 'off') this.set('off')
  }

  private set(state: 'off' | 'armed' | 'on'): void {
    this.state = state
    this.apply()
  }

  private apply(): void {
    clearTimeout(this.timer)
    if (this.track) this.track.enabled = this.state === 'on'
    if (this.state === 'off') {
      this.timer = setTimeout(() => this.attach(false), this.attached ? TAIL_MS : 0)
    } else {
      this.attach(true)
    }
  }

  private attach(wanted: boolean): void {
    if (this.attached === wanted && wanted) return
    const track = wanted ? this.track : undefined
    if (!this.sender || (wanted && !track)) return
    this.attached = wanted
    // A closed connection refuses; the next one starts from our state.
    this.sender.replaceTrack(track ?? null).catch(() => (this.attached = false))
  }
}
