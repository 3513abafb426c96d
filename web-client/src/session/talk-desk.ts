import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import { LinkLost, Refusal } from '@/connection/link'
import { newId } from '@/connection/new-id'
import type { ClientMessage, Floor, ServerMessage, Severity } from '@/protocol/messages'
import { ownAlert } from '@/state/field'
import { leadOf, nextTickAt, opensMicrophone, talkStep, type How, type Talk, type TalkInput, type TalkOutput, type TalkTone } from '@/state/voice/talk'
import type { MicDesk } from './mic-desk'
import { Targets } from './targets'
import type { Wiring } from './wiring'

export interface Press {
  /** Whom to speak to; else all that are chosen. */
  calls?: readonly string[]
  override?: boolean
  /** What is said is an order of this severity. */
  order?: Severity
  broadcast?: string
}

/** Keys that are not held but switched: nobody's finger ends the talk, so the clock does. */
const SWITCHED_LIMIT_MS = 30_000
/** The microphone stays open so long after a call for help, without anybody touching anything. */
export const HOT_MICROPHONE_MS = 10_000
const SAME_TONE_MS = 250
/** Not said over a talk that goes on in another group. */
const MINOR_TONES: readonly TalkTone[] = ['permit', 'deny', 'busy', 'queued', 'end', 'free']

/** The talk key: who presses, in which groups and calls, and what comes of it in each of them. */
export class TalkDesk {
  /** What the key does in each group or call; those in which it does nothing are left out. */
  readonly talks: ShallowRef<ReadonlyMap<string, Talk>> = shallowRef(new Map())
  /** The groups and private calls that the key speaks to, as chosen by hand. */
  readonly chosen: ShallowRef<readonly string[]>
  readonly targets: ComputedRef<readonly string[]>
  /** The first of them. */
  readonly target: ComputedRef<string | undefined>
  readonly talk: ComputedRef<Talk>
  /** A switched key is on. */
  readonly latched: ShallowRef<boolean> = shallowRef(false)
  /** The next talk is an order of this severity. */
  readonly orderNext: ShallowRef<Severity | undefined> = shallowRef(undefined)
  private readonly held = new Set<string>()
  /** When the talk ends by itself, since only switched keys hold it. */
  readonly switchedUntil: ShallowRef<number | undefined> = shallowRef(undefined)
  private readonly limits = new Map<string, { timer: ReturnType<typeof setTimeout>; at: number }>()
  private timer: ReturnType<typeof setTimeout> | undefined
  /** Floors to be given back when the connection is there again. */
  private readonly owed = new Set<string>()
  private pressesAgain = false
  private readonly aim: Targets
  private lastTone: { tone: TalkTone; at: number } | undefined
  /** What a press means when no group can be named. */
  private static readonly NOWHERE = ''

  constructor(private readonly wiring: Wiring, private readonly mic: MicDesk) {
    this.aim = new Targets(wiring)
    this.chosen = this.aim.chosen
    this.targets = this.aim.all
    this.target = computed(() => this.targets.value[0])
    this.talk = computed(() => leadOf(this.talks.value.values()))
  }

  /** Chooses whom to speak to; `several` adds to what is chosen or takes away from it. */
  choose(id: string, several = false): void {
    this.aim.choose(id, several)
  }

  floorOf(call: string | undefined): Floor | undefined {
    if (!call) return undefined
    const model = this.wiring.model()
    return model.groups[call]?.floor ?? model.calls[call]?.floor
  }

  /** Several keys may be held at once (space bar, button, pedal): talk while at least one is. */
  press(source: string, press: Press = {}): void {
    if (this.held.has(source)) return
    this.held.add(source)
    this.followSwitches()
    if (this.held.size > 1) return
    const calls = press.calls ?? this.targets.value
    const severity = press.order ?? this.orderNext.value
    this.orderNext.value = undefined
    if (calls.length === 0) {
      this.set(TalkDesk.NOWHERE, { name: 'idle', note: { kind: 'no-target' }, noteUntil: this.wiring.now() + 4000 })
      this.tone('deny')
      this.arm()
    }
    for (const call of calls) this.pressIn(call, press, severity)
  }

  letGo(source: string): void {
    this.unlimit(source)
    const held = this.held.delete(source)
    this.followSwitches()
    if (!held || this.held.size > 0) return
    for (const call of [...this.talks.value.keys()]) this.step(call, { type: 'let-go' })
  }

  /** A key that is switched on and off: for who cannot hold one, and for headsets that know no key-up. */
  toggle(source: string, press: Press = {}): void {
    if (this.held.has(source)) return this.letGo(source)
    this.limit(source, SWITCHED_LIMIT_MS)
    this.press(source, press)
    this.switchOff()
  }

  /** Window left, page hidden, microphone gone: whatever fingers held counts as let go. */
  stuckKeyGuard(): void {
    for (const source of [...this.held]) if (source !== 'alert' && source !== 'media key') this.letGo(source)
  }

  linkLost(): void {
    this.stepAll({ type: 'link-lost' })
  }

  linkUp(resumed: boolean): void {
    if (resumed) for (const call of this.owed) this.wiring.link.tell({ type: 'floor.release', call })
    this.owed.clear()
    this.pressesAgain = !resumed
    this.stepAll(resumed ? { type: 'link-up', resumed } : { type: 'link-new' })
  }

  /** A new session has a voice: keys that are held are pressed in it. */
  mediaSends(): void {
    if (!this.pressesAgain) return
    this.pressesAgain = false
    this.stepAll({ type: 'link-up', resumed: false })
  }

  /** The session is over: nothing is said any more. */
  leave(): void {
    for (const source of [...this.held]) this.unlimit(source)
    this.held.clear()
    this.stepAll({ type: 'over' })
  }

  received(message: ServerMessage): void {
    this.aim.received(message)
    switch (message.type) {
      case 'call.closed':
        return this.forget(message.call)
      case 'group.closed':
        return this.forget(message.group)
      case 'floor.granted':
        return this.granted(message.call, message.durationMs)
      case 'floor.denied':
        return this.step(message.call, { type: 'denied', cause: message.cause, talker: message.talker })
      case 'floor.revoked':
        return this.step(message.call, { type: 'revoked', cause: message.cause })
      case 'floor.idle':
        return this.step(message.call, { type: 'free' }, true)
      case 'floor.taken':
        if (message.talker.user !== this.wiring.model().me?.id) this.step(message.call, { type: 'taken' }, true)
        return
      case 'refused':
        // What was said became no order: too short, or nobody there may be ordered.
        if (message.re === undefined && message.params?.order) this.wiring.failed('spokenOrder', new Refusal(message.code, message.detail, message.params))
        return
      case 'floor.queued':
        return this.step(message.call, { type: 'queued', position: message.position, size: message.size })
    }
  }

  stop(): void {
    clearTimeout(this.timer)
    for (const source of [...this.limits.keys()]) this.unlimit(source)
  }

  private pressIn(call: string, press: Press, severity: Severity | undefined): void {
    const group = this.wiring.model().groups[call]
    if (group && !group.affiliated) this.wiring.listen(group.id, true)
    const alert = ownAlert(this.wiring.model())
    const how: How = {
      ...(press.override ? { override: true } : {}),
      ...(alert && alert.group === call ? { tier: alert.tier } : {}),
      ...(severity ? { order: { order: newId(), severity } } : {}),
      ...(press.broadcast ? { broadcast: press.broadcast } : {}),
    }
    this.step(call, { type: 'press', how, linkUp: this.wiring.link.isOpen, mic: this.mic.isReady })
  }

  /** The server gives the floor to who calls for help without being asked for it. */
  private granted(call: string, durationMs: number): void {
    const model = this.wiring.model()
    const alert = ownAlert(model)
    const ours = (alert?.group ?? model.raising?.group) === call && this.mic.isReady
    const before = this.talks.value.get(call)?.name ?? 'idle'
    if (ours && before === 'idle') {
      this.held.add('alert')
      this.limit('alert', Math.min(HOT_MICROPHONE_MS, durationMs))
    }
    this.step(call, { type: 'granted', durationMs, ours })
  }

  private stepAll(input: TalkInput): void {
    for (const call of [...this.talks.value.keys()]) this.step(call, input)
  }

  /** @param onlyKnown says nothing of calls in which the key does nothing */
  private step(call: string, input: TalkInput, onlyKnown = false): void {
    const before = this.talks.value.get(call)
    if (!before && onlyKnown) return
    const { next, outputs } = talkStep(before ?? { name: 'idle' }, input, this.wiring.now())
    if (next !== before) this.set(call, next)
    this.mic.want('talk', [...this.talks.value.values()].some(opensMicrophone), input.type === 'let-go')
    for (const output of outputs) this.carryOut(call, output)
    this.switchOff()
    this.arm()
  }

  /** The group or call is no more. */
  private forget(call: string): void {
    const talk = this.talks.value.get(call)
    if (!talk) return
    this.set(call, { name: 'idle' })
    this.mic.want('talk', [...this.talks.value.values()].some(opensMicrophone))
    if (talk.name !== 'idle') this.tone('end', call)
    this.switchOff()
    this.arm()
  }

  private set(call: string, talk: Talk): void {
    const talks = new Map(this.talks.value)
    if (talk.name === 'idle' && !talk.note && !talk.waits) talks.delete(call)
    else talks.set(call, talk)
    this.talks.value = talks
  }

  private arm(): void {
    clearTimeout(this.timer)
    const times = [...this.talks.value.values()].map(nextTickAt).filter((at) => at !== undefined)
    if (times.length === 0) return
    this.timer = setTimeout(() => {
      this.stepAll({ type: 'tick' })
      this.arm()
    }, Math.max(Math.min(...times) - this.wiring.now(), 0) + 1)
  }

  private carryOut(call: string, output: TalkOutput): void {
    switch (output.type) {
      case 'request':
        this.wiring.link.ask(requestFor(call, output.how)).catch((error: unknown) => this.refused(call, error))
        return
      case 'release':
        if (!this.wiring.link.tell({ type: 'floor.release', call })) this.owed.add(call)
        return
      case 'tone':
        return this.tone(output.tone, call)
    }
  }

  private tone(tone: TalkTone, call?: string): void {
    const at = this.wiring.now()
    if (tone === 'free' && !this.targets.value.includes(call ?? '')) return
    const elsewhere = [...this.talks.value].some(([other, talk]) => other !== call && talk.name === 'talking')
    if (elsewhere && MINOR_TONES.includes(tone)) return
    if (this.lastTone && this.lastTone.tone === tone && at - this.lastTone.at < SAME_TONE_MS) return
    this.lastTone = { tone, at }
    this.wiring.play(tone)
  }

  /** Not the floor machine's denial, but the server's: no member, no right. */
  private refused(call: string, error: unknown): void {
    if (error instanceof LinkLost || this.talks.value.get(call)?.name !== 'asking') return
    this.step(call, { type: 'denied', cause: 255 })
    this.wiring.failed('talk', error)
  }

  private limit(source: string, afterMs: number): void {
    this.unlimit(source)
    this.limits.set(source, { timer: setTimeout(() => this.letGo(source), afterMs), at: this.wiring.now() + afterMs })
    this.followSwitches()
  }

  private unlimit(source: string): void {
    clearTimeout(this.limits.get(source)?.timer)
    this.limits.delete(source)
  }

  /** A switched key goes off by itself when its talk is over. */
  private switchOff(): void {
    const over = [...this.talks.value.values()].every(({ name }) => name === 'idle')
    for (const source of over ? [...this.limits.keys()] : []) {
      this.unlimit(source)
      this.held.delete(source)
    }
    this.followSwitches()
  }

  private followSwitches(): void {
    const ends = [...this.held].map((source) => this.limits.get(source)?.at ?? Infinity)
    const last = Math.max(...ends)
    this.latched.value = [...this.held].some((source) => source !== 'alert' && this.limits.has(source))
    this.switchedUntil.value = Number.isFinite(last) ? last : undefined
  }
}

function requestFor(call: string, { broadcast, ...how }: How): ClientMessage {
  return broadcast ? { type: 'call.broadcast', broadcast, group: call } : { type: 'floor.request', call, ...how }
}
