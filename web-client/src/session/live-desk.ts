import { shallowRef, type ShallowRef } from 'vue'
import { LinkLost } from '@/connection/link'
import { DeviceFailed, openCamera, type DeviceTrouble } from '@/media/devices'
import type { Camera } from '@/protocol/messages'
import type { MicDesk } from './mic-desk'
import type { Wiring } from './wiring'

export type LiveView =
  | { name: 'off' }
  | { name: 'starting' }
  | { name: 'live'; camera: Camera; muted: boolean; track: MediaStreamTrack }
  | { name: 'trouble'; trouble: DeviceTrouble; camera: Camera }

/** This unit's own camera: one tap to be live, front or back, sound on or off. */
export class LiveDesk {
  readonly view: ShallowRef<LiveView> = shallowRef({ name: 'off' })
  private preferred: Camera = 'back'
  private muted = false
  private turn = 0
  private confirmed = false
  private pendingAsk: string | undefined

  constructor(private readonly wiring: Wiring, private readonly mic: MicDesk) {}

  async start(camera: Camera = this.preferred, ask?: string): Promise<void> {
    if (this.view.value.name === 'starting') return
    const running = this.view.value.name === 'live' ? this.view.value : undefined
    if (running && running.camera === camera) {
      // Already live: the asker is answered by the picture that is there.
      this.say('live.start', running.camera, ask)
      return
    }
    const turn = ++this.turn
    const track = await this.open(camera, turn)
    if (!track) return
    this.preferred = camera
    await this.show(track, camera)
    this.say(running ? 'live.update' : 'live.start', camera, ask)
  }

  async switchCamera(): Promise<void> {
    const view = this.view.value
    if (view.name !== 'live') return
    await this.start(view.camera === 'front' ? 'back' : 'front')
  }

  setMuted(muted: boolean): void {
    this.muted = muted
    const view = this.view.value
    if (view.name !== 'live') return
    this.view.value = { ...view, muted }
    this.mic.want('live', !muted)
    this.say('live.update', view.camera)
  }

  stop(tellServer = true): void {
    this.turn++
    const view = this.view.value
    if (view.name === 'live') view.track.stop()
    this.view.value = { name: 'off' }
    this.confirmed = false
    this.mic.want('live', false)
    void this.wiring.peer()?.showCamera(undefined)
    if (tellServer && (view.name === 'live' || view.name === 'starting')) {
      this.wiring.link.keep({ type: 'live.stop' }).catch(() => undefined)
    }
  }

  /** A new peer connection carries what we send: what is live here is said (again), whatever the server remembers. */
  mediaSends(): void {
    const view = this.view.value
    this.confirmed = false
    if (view.name === 'live') this.say('live.start', view.camera, this.pendingAsk)
  }

  /** A new session: the server may end what it was told in the old one, but nothing of ours. */
  forgotten(): void {
    this.confirmed = false
  }

  /** The server's word on our picture; it may have ended it. */
  serverSays(live: boolean): void {
    if (!live && this.confirmed && this.view.value.name === 'live') {
      this.stop(false)
      this.wiring.notice('notice.liveEndedByServer', {}, 'bad')
    }
  }

  private async open(camera: Camera, turn: number): Promise<MediaStreamTrack | undefined> {
    const before = this.view.value
    if (before.name !== 'live') this.view.value = { name: 'starting' }
    // Phones have one camera pipeline: the old one must be let go before the new one opens.
    else before.track.stop()
    try {
      const track = await openCamera(camera)
      if (turn === this.turn) return track
      track.stop()
    } catch (error) {
      if (turn !== this.turn) return undefined
      this.broke(camera, error instanceof DeviceFailed ? error.trouble : 'failed')
    }
    return undefined
  }

  private broke(camera: Camera, trouble: DeviceTrouble): void {
    const wasLive = this.view.value.name === 'live'
    this.stop(wasLive)
    this.view.value = { name: 'trouble', trouble, camera }
  }

  private async show(track: MediaStreamTrack, camera: Camera): Promise<void> {
    track.onended = () => {
      const view = this.view.value
      if (view.name === 'live' && view.track === track) this.broke(camera, 'busy')
    }
    this.view.value = { name: 'live', camera, muted: this.muted, track }
    this.mic.want('live', !this.muted)
    await this.wiring.peer()?.showCamera(track)
  }

  private say(type: 'live.start' | 'live.update', camera: Camera, ask?: string): void {
    this.pendingAsk = ask
    // Without a peer connection the server would refuse; it is said as soon as there is one.
    if (!this.wiring.mediaIsAgreed()) return
    this.pendingAsk = undefined
    const message = type === 'live.start' && ask ? { type, camera, muted: this.muted, ask } : { type, camera, muted: this.muted }
    this.wiring.link.keep(message).then(() => (this.confirmed = true), (error: unknown) => {
      // A new session began; the picture is announced again when its peer connection is agreed.
      if (error instanceof LinkLost) return
      this.stop(false)
      this.wiring.failed('live', error)
    })
  }
}
