import { shallowRef, type ShallowRef } from 'vue'
import type { LetterStore } from '@/connection/durable'
import { nameOf, type NodeMemory } from '@/connection/places'
import { Link, LinkLost, Refusal, type LinkPhase } from '@/connection/link'
import { newId } from '@/connection/new-id'
import type { MediaPeer } from '@/media/peer'
import type { Device, ServerMessage, Status, WatchQuality, Welcome } from '@/protocol/messages'
import { EMPTY, type LocalEvent, type Model } from '@/state/model'
import { reduce } from '@/state/reduce'
import { AlertDesk } from './alert-desk'
import { AmbientDesk } from './ambient-desk'
import { BurstDesk } from './burst-desk'
import { CallDesk } from './call-desk'
import { GroupDesk } from './group-desk'
import { LiveDesk } from './live-desk'
import { MediaDesk } from './media-desk'
import { MicDesk } from './mic-desk'
import { OrderDesk } from './order-desk'
import { PositionDesk } from './position-desk'
import { TalkDesk } from './talk-desk'
import type { Notice, Tone, Wiring } from './wiring'

export interface SessionOptions {
  /** Scheme, host and port of the server that the page came from. */
  origin: string
  token: string
  user: string
  device: Device
  locale: string
  /** What this screen would like to have; the server's limits hold. */
  voiceSlots: number
  tiles: number
  store: LetterStore
  play(tone: Tone): void
  memory?: NodeMemory
  tokenStillGood?(origin: string): Promise<boolean>
}

const NOTICE_MS = 8_000
/** A connection that is away for less is nothing a person has to hear of. */
const LOST_AUDIBLY_MS = 2_000

/** One signed-in person at one screen: ties the line, the peer connection and the state together. */
export class DispatchSession implements Wiring {
  readonly state: ShallowRef<Model> = shallowRef(EMPTY)
  readonly phase: ShallowRef<LinkPhase> = shallowRef({ name: 'connecting', attempt: 0 })
  readonly qualities: ShallowRef<ReadonlyMap<number, WatchQuality>> = shallowRef(new Map())
  readonly notices: ShallowRef<readonly Notice[]> = shallowRef([])
  /** Things of one screen that follow the server's words, such as the wall. */
  readonly listeners = new Set<(message: ServerMessage) => void>()
  readonly device: Device
  readonly link: Link
  readonly media: MediaDesk
  readonly mic: MicDesk
  readonly talk: TalkDesk
  readonly live: LiveDesk
  readonly calls: CallDesk
  readonly groups: GroupDesk
  readonly alerts: AlertDesk
  readonly ambient: AmbientDesk
  readonly bursts: BurstDesk
  readonly positions: PositionDesk
  readonly orders: OrderDesk
  /** The node that we are at, by its own name. */
  private node: string | undefined
  private noticeCount = 0
  private wasOpen = false
  private lostTimer: ReturnType<typeof setTimeout> | undefined
  private saidLost = false
  private readonly onVisibility = (): void => {
    if (document.visibilityState === 'visible') this.link.retryNow()
  }

  constructor(private readonly options: SessionOptions) {
    const { origin, token, device, locale, store, user, memory, tokenStillGood } = options
    this.device = device
    this.link = new Link(
      { origin, token, device, locale, memory, tokenStillGood },
      {
        message: (message) => this.received(message),
        phase: (phase) => this.phaseChanged(phase),
        welcome: (welcome) => this.welcomed(welcome),
      },
    )
    this.media = new MediaDesk(
      this.link,
      { rebuilt: (peer) => this.tracksAreNew(peer), sending: () => this.mediaSends(), trouble: (error) => this.failed('media', error) },
      options,
    )
    this.mic = new MicDesk(() => this.talk.stuckKeyGuard())
    this.talk = new TalkDesk(this, this.mic)
    this.live = new LiveDesk(this, this.mic)
    this.calls = new CallDesk(this, this.mic)
    this.groups = new GroupDesk(this)
    this.alerts = new AlertDesk(this, store, user)
    this.ambient = new AmbientDesk(this, this.mic, this.live)
    this.bursts = new BurstDesk(this, token)
    this.positions = new PositionDesk(this)
    this.orders = new OrderDesk(this, store, user)
  }

  start(): void {
    this.link.start()
    this.media.start()
    void this.mic.open()
    void this.loadLetters()
    if (this.device === 'terminal') void this.positions.start()
    document.addEventListener('visibilitychange', this.onVisibility)
  }

  stop(): void {
    document.removeEventListener('visibilitychange', this.onVisibility)
    clearTimeout(this.lostTimer)
    if (this.live.view.value.name === 'live') this.link.tell({ type: 'live.stop' })
    this.live.stop(false)
    for (const desk of [this.talk, this.calls, this.alerts, this.positions, this.mic, this.media]) desk.stop()
    this.bursts.halt()
    this.link.stop()
  }

  peer(): MediaPeer | undefined {
    return this.media.peer()
  }

  mediaIsAgreed(): boolean {
    return this.media.isUp
  }

  model(): Model {
    return this.state.value
  }

  may(right: string): boolean {
    return this.state.value.me?.rights.includes(right) ?? false
  }

  now(): number {
    return Date.now()
  }

  apply(event: LocalEvent): void {
    this.state.value = reduce(this.state.value, event, this.now())
  }

  play(tone: Tone): void {
    this.options.play(tone)
  }

  notice(key: string, values: Record<string, string> = {}, tone: Notice['tone'] = 'plain'): void {
    const notice: Notice = { id: ++this.noticeCount, key, values, tone }
    this.notices.value = [...this.notices.value.filter((known) => known.key !== key), notice].slice(-3)
    setTimeout(() => this.dismiss(notice.id), NOTICE_MS)
  }

  dismiss(id: number): void {
    this.notices.value = this.notices.value.filter((notice) => notice.id !== id)
  }

  failed(what: string, error: unknown): void {
    if (error instanceof LinkLost) return this.notice('notice.offline', { what }, 'bad')
    const code = error instanceof Refusal ? error.code : 'internal'
    this.notice('notice.failed', { what, code }, 'bad')
  }

  listen(group: string, on: boolean): void {
    this.groups.listen(group, on)
  }

  // What a person can do besides talking, showing and ordering.

  askForPicture(unit: string, pull: boolean): void {
    const ask = newId()
    this.apply({ type: 'local.asked', ask: { ask, unit, pull, at: this.now() } })
    this.link.ask({ type: 'live.ask', ask, unit, pull }).catch((error: unknown) => {
      this.apply({ type: 'local.ask-refused', ask, code: error instanceof Refusal ? error.code : 'offline' })
    })
  }

  answerAsk(ask: string, yes: boolean, reason?: string): void {
    this.apply({ type: 'local.ask-seen', ask })
    if (yes) void this.live.start(undefined, ask)
    else this.link.keep({ type: 'live.decline', ask, ...(reason ? { reason } : {}) }).catch(() => undefined)
  }

  setStatus(status: Status): void {
    const own = this.model().me?.unit
    const before = own ? this.model().units[own]?.status : undefined
    this.apply({ type: 'local.status', status })
    this.link.keep({ type: 'unit.status', status }).catch((error: unknown) => {
      if (before) this.apply({ type: 'local.status', status: before })
      this.failed('status', error)
    })
  }

  /** Letters that a crash or a flat battery left behind. */
  private async loadLetters(): Promise<void> {
    for (const { id, message, at } of await this.options.store.of(this.options.user)) {
      if (message.type === 'alert.raise') this.alerts.again(message, at)
      else if (!this.orders.again(message)) void this.options.store.remove(id)
    }
  }

  /** One message of the server. */
  received(message: ServerMessage): void {
    if (message.type === 'watch.quality') {
      this.qualities.value = new Map(this.qualities.value).set(message.tile, message)
      return
    }
    const before = this.state.value
    this.state.value = reduce(before, message, this.now())
    for (const desk of [this.talk, this.calls, this.alerts, this.ambient]) desk.received(message)
    if (message.type === 'snapshot') message.orders.forEach((order) => this.orderArrived(order))
    if (message.type === 'order.changed') {
      this.orderArrived(message.order)
      if (!before.orders[message.order.id] && this.isForUs(message.order)) this.play('order')
    }
    if (message.type === 'live.changed' && message.unit === before.me?.unit) this.live.serverSays(message.live !== undefined)
    if (message.type === 'live.asked') this.asked(message.ask, message.pull)
    if (message.type === 'media.state' && message.state === 'lost') this.media.lost()
    if (message.type === 'media.layers') this.peer()?.wantLayers(message.rids)
    for (const listener of this.listeners) listener(message)
  }

  private isForUs(order: { assignees: { unit: string }[] }): boolean {
    const own = this.model().me?.unit
    return order.assignees.some((assignee) => assignee.unit === own)
  }

  private orderArrived(order: Model['orders'][string]): void {
    const own = this.model().me?.unit
    if (own) this.orders.arrived(order, own)
  }

  private asked(ask: string, pull: boolean): void {
    this.play(pull ? 'alert' : 'asked')
    // Pulled pictures start at once; the notice stays until it is read.
    if (pull && this.device === 'terminal') void this.live.start(undefined, ask)
  }

  private welcomed(welcome: Welcome): void {
    if (!welcome.resumed) this.live.forgotten()
    this.media.welcomed(welcome)
    this.talk.linkUp(welcome.resumed)
    this.positions.linkUp(welcome.resumed)
    if (this.node !== undefined && this.node !== welcome.node) this.notice('notice.movedNode', { node: nameOf(this.link.at) })
    this.node = welcome.node
    // The server knows `auto` of a device that has said nothing.
    if (!welcome.resumed && this.calls.mode.value !== 'auto') this.calls.setMode(this.calls.mode.value, true)
  }

  private mediaSends(): void {
    this.live.mediaSends()
    this.talk.mediaSends()
  }

  private tracksAreNew(peer: MediaPeer): void {
    const live = this.live.view.value
    if (live.name === 'live') void peer.showCamera(live.track)
    this.mic.use(peer.sender('mic'))
  }

  private phaseChanged(phase: LinkPhase): void {
    const wasUp = this.phase.value.name === 'open'
    this.phase.value = phase
    if (phase.name === 'open') this.lineIsUp()
    else if (phase.name === 'ended') this.leaveTheAir()
    else if (wasUp) {
      this.talk.linkLost()
      this.lostTimer = setTimeout(() => this.sayLost(), LOST_AUDIBLY_MS)
    }
  }

  private lineIsUp(): void {
    clearTimeout(this.lostTimer)
    if (this.wasOpen && this.saidLost) this.play('restored')
    this.wasOpen = true
    this.saidLost = false
  }

  private sayLost(): void {
    this.saidLost = true
    // A talk that goes on for the moment says it itself when it ends.
    const talks = ['talking', 'queued'].includes(this.talk.talk.value.name)
    if (this.wasOpen && !talks) this.play('lost')
  }

  /** Signed out by the server or taken over elsewhere: no camera and no microphone may stay open here. */
  private leaveTheAir(): void {
    clearTimeout(this.lostTimer)
    this.talk.leave()
    this.calls.stop()
    this.alerts.stop()
    this.ambient.close()
    this.mic.wantNothing()
    this.live.stop(false)
    this.media.close()
  }
}
