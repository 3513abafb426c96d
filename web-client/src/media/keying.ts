/** What a microphone's sender can do; an RTCRtpSender, or a fake in tests. */
export interface MicSender {
  replaceTrack(track: MediaStreamTrack | null): Promise<void>
}

/** What was said before the key was let go is still in the capture's buffers for so long. */
export const CAPTURE_MS = 60
/** The track stays at its sender so long after the key was let go: pressed again, it speaks at once. */
export const DETACH_MS = 300

/**
 * Opens and closes the microphone's uplink without touching the microphone.
 *
 * Measured: bringing both the track and its `enabled` flag back costs about 55 ms to the first
 * audible sample, and an idle uplink sends nothing. `enabled = false` ends cleanly, and only when
 * that is out is the track taken off the sender.
 */
export class Keying {
  private track: MediaStreamTrack | undefined
  private sender: MicSender | undefined
  private attached = false
  private timers: ReturnType<typeof setTimeout>[] = []
  private open = false

  get isOn(): boolean {
    return this.open
  }

  use(sender: MicSender | undefined): void {
    this.sender = sender
    this.attached = false
    this.apply(0)
  }

  useTrack(track: MediaStreamTrack | undefined): void {
    this.track = track
    this.attached = false
    this.apply(0)
  }

  on(): void {
    this.open = true
    this.apply(0)
  }

  /** `withTail`: the key was let go, so the last syllable may get out. Without, somebody has told us to be silent. */
  off(withTail = false): void {
    if (!this.open) return
    this.open = false
    this.apply(withTail ? CAPTURE_MS : 0)
  }

  private apply(tailMs: number): void {
    for (const timer of this.timers) clearTimeout(timer)
    this.timers = []
    if (this.open) {
      this.enable(true)
      this.attach(true)
      return
    }
    if (tailMs > 0) this.timers.push(setTimeout(() => this.enable(false), tailMs))
    else this.enable(false)
    this.timers.push(setTimeout(() => this.attach(false), this.attached ? DETACH_MS : 0))
  }

  private enable(on: boolean): void {
    if (this.track) this.track.enabled = on
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
