import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import { DeviceFailed, openMic, type DeviceTrouble } from '@/media/devices'
import { Keying } from '@/media/keying'
import type { Floor, ServerMessage } from '@/protocol/messages'
import { nextTickAt, talkStep, type Talk, type TalkInput, type TalkOutput } from '@/state/talk'
import type { Wiring } from './wiring'

export type MicState = { name: 'opening' } | { name: 'ready' } | { name: 'trouble'; trouble: DeviceTrouble }

/** The microphone and the talk key: who presses, what the key does, when sound leaves this page. */
export class TalkDesk {
  readonly talk: ShallowRef<Talk> = shallowRef({ name: 'idle' })
  readonly mic: ShallowRef<MicState> = shallowRef({ name: 'opening' })
  /** The group or private call that the key speaks to, as chosen by hand. */
  readonly chosen: ShallowRef<string | undefined> = shallowRef(undefined)
  readonly target: ComputedRef<string | undefined>
  private readonly keying = new Keying()
  private readonly held = new Set<string>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private track: MediaStreamTrack | undefined
  private talkMic: 'off' | 'armed' | 'on' = 'off'
  private liveSound = false
  /** Held or asked for when the connection broke: given back when it is there again. */
  private owed: string | undefined
  /** Where the key spoke to before a private call came. */
  private beforeCall: string | undefined

  constructor(private readonly wiring: Wiring) {
    this.target = computed(() => this.pickTarget())
  }

  async openMic(): Promise<void> {
    if (this.track?.readyState === 'live') return
    this.mic.value = { name: 'opening' }
    try {
      const track = await openMic()
      this.track?.stop()
      this.track = track
      this.keying.useTrack(track)
      this.mic.value = { name: 'ready' }
      track.onended = () => {
        if (this.track !== track) return
        this.stuckKeyGuard()
        this.mic.value = { name: 'trouble', trouble: 'busy' }
      }
    } catch (error) {
      this.mic.value = { name: 'trouble', trouble: error instanceof DeviceFailed ? error.trouble : 'failed' }
    }
  }

  /** The peer connection is new, so is its sender. */
  peerRebuilt(): void {
    this.keying.use(this.wiring.peer()?.sender('mic'))
  }

  /** Live pictures carry our sound as well, whether or not the key is pressed. */
  soundLive(on: boolean): void {
    this.liveSound = on
    this.applyMic()
  }

  floorOf(call: string | undefined): Floor | undefined {
    if (!call) return undefined
    const model = this.wiring.model()
    return model.groups[call]?.floor ?? model.calls[call]?.floor
  }

  /** Several keys may be held at once (space bar, button, pedal): talk while at least one is. */
  press(source: string, call = this.target.value, override = false): void {
    if (this.held.has(source)) return
    this.held.add(source)
    if (this.held.size > 1) return
    const group = call ? this.wiring.model().groups[call] : undefined
    if (group && !group.affiliated) this.wiring.listen(group.id, true)
    const floor = this.floorOf(call)
    const free = !floor || floor.talker.user === this.wiring.model().me?.id
    this.step({ type: 'press', call, override, linkUp: this.wiring.link.isOpen, mic: this.mic.value.name === 'ready', free })
  }

  letGo(source: string): void {
    if (!this.held.delete(source) || this.held.size > 0) return
    this.step({ type: 'let-go' })
  }

  /** Window left, page hidden, microphone gone: whatever was held counts as let go. */
  stuckKeyGuard(): void {
    if (this.held.size === 0) return
    this.held.clear()
    this.step({ type: 'let-go' })
  }

  linkLost(): void {
    const talk = this.talk.value
    if (talk.name !== 'idle') this.owed = talk.call
    this.held.clear()
    this.step({ type: 'link-lost' })
  }

  linkUp(): void {
    if (this.owed) this.wiring.link.tell({ type: 'floor.release', call: this.owed })
    this.owed = undefined
  }

  received(message: ServerMessage): void {
    switch (message.type) {
      case 'call.opened':
        if (!this.wiring.model().calls[this.chosen.value ?? '']) this.beforeCall = this.chosen.value
        this.chosen.value = message.call
        return
      case 'call.closed':
        if (this.chosen.value === message.call) this.chosen.value = this.beforeCall
        return
      case 'floor.granted':
        return this.step({ type: 'granted', call: message.call, durationMs: message.durationMs })
      case 'floor.denied':
        return this.step({ type: 'denied', call: message.call, cause: message.cause, talker: message.talker })
      case 'floor.revoked':
        return this.step({ type: 'revoked', call: message.call, cause: message.cause })
      case 'floor.idle':
        return this.step({ type: 'gone', call: message.call })
      case 'floor.taken':
        if (message.talker.user !== this.wiring.model().me?.id) this.step({ type: 'gone', call: message.call })
        return
      case 'floor.queued':
        return this.step({ type: 'queued', call: message.call, position: message.position, size: message.size })
    }
  }

  stop(): void {
    clearTimeout(this.timer)
    this.keying.off()
    this.track?.stop()
    this.track = undefined
  }

  /** The microphone's own track, for level meters and tests. */
  get micTrack(): MediaStreamTrack | undefined {
    return this.track
  }

  private pickTarget(): string | undefined {
    const { groups, calls, me } = this.wiring.model()
    const chosen = this.chosen.value
    if (chosen && (calls[chosen] || groups[chosen])) return chosen
    const privateCall = Object.keys(calls)[0]
    if (privateCall) return privateCall
    const all = Object.values(groups)
    const home = me?.unit ? all.find((group) => group.node === this.wiring.model().units[me.unit!]?.node) : undefined
    return (home ?? all.find((group) => group.affiliated) ?? all[0])?.id
  }

  private step(input: TalkInput): void {
    const { next, outputs } = talkStep(this.talk.value, input, this.wiring.now())
    if (next !== this.talk.value) this.talk.value = next
    for (const output of outputs) this.carryOut(output)
    this.arm()
  }

  private arm(): void {
    clearTimeout(this.timer)
    const at = nextTickAt(this.talk.value)
    if (at === undefined) return
    this.timer = setTimeout(() => this.step({ type: 'tick' }), Math.max(at - this.wiring.now(), 0) + 1)
  }

  private carryOut(output: TalkOutput): void {
    switch (output.type) {
      case 'request':
        this.wiring.link
          .ask({ type: 'floor.request', call: output.call, ...(output.override ? { override: true } : {}) })
          .catch((error: unknown) => this.refused(output.call, error))
        return
      case 'release':
        this.wiring.link.tell({ type: 'floor.release', call: output.call })
        return
      case 'mic':
        this.talkMic = output.state
        return this.applyMic()
      case 'tone':
        return this.wiring.play(output.tone)
    }
  }

  /** Not the floor machine's denial, but the server's: no member, no right. */
  private refused(call: string, error: unknown): void {
    const talk = this.talk.value
    if (talk.name !== 'asking' || talk.call !== call) return
    this.step({ type: 'denied', call, cause: 255 })
    this.wiring.failed('talk', error)
  }

  private applyMic(): void {
    if (this.liveSound || this.talkMic === 'on') this.keying.on()
    else if (this.talkMic === 'armed') this.keying.arm()
    else this.keying.off()
  }
}
