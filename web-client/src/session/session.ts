import { shallowRef, type ShallowRef } from 'vue'
import type { LetterStore } from '@/connection/durable'
import { Link, LinkLost, newId, Refusal, type LinkPhase } from '@/connection/link'
import { MediaPeer } from '@/media/peer'
import type { MediaStats } from '@/media/stats'
import type { Device, ServerMessage, Status, WatchQuality, Welcome } from '@/protocol/messages'
import { EMPTY, type LocalEvent, type Model } from '@/state/model'
import { reduce } from '@/state/reduce'
import { LiveDesk } from './live-desk'
import { OrderDesk } from './order-desk'
import { TalkDesk } from './talk-desk'
import type { Notice, Tone, Wiring } from './wiring'

export interface SessionOptions {
  url: string
  token: string
  user: string
  device: Device
  locale: string
  /** What this screen would like to have; the server's limits hold. */
  voiceSlots: number
  tiles: number
  store: LetterStore
  play(tone: Tone): void
  tokenStillGood?(): Promise<boolean>
}

const STATS_REPORT_EVERY_MS = 10_000
const NOTICE_MS = 8_000

/** One signed-in person at one screen: ties the line, the peer connection and the state together. */
export class DispatchSession implements Wiring {
  readonly state: ShallowRef<Model> = shallowRef(EMPTY)
  readonly phase: ShallowRef<LinkPhase> = shallowRef({ name: 'connecting', attempt: 0 })
  readonly peerState: ShallowRef<RTCPeerConnectionState | 'none'> = shallowRef('none')
  readonly stats: ShallowRef<MediaStats | undefined> = shallowRef(undefined)
  readonly qualities: ShallowRef<ReadonlyMap<number, WatchQuality>> = shallowRef(new Map())
  /** Goes up when all media tracks are new ones. */
  readonly mediaGeneration: ShallowRef<number> = shallowRef(0)
  /** Goes up when a new peer connection is agreed with the server. */
  readonly mediaAgreed: ShallowRef<number> = shallowRef(0)
  readonly notices: ShallowRef<readonly Notice[]> = shallowRef([])
  /** Things of one screen that follow the server's words, such as the wall. */
  readonly listeners = new Set<(message: ServerMessage) => void>()
  readonly link: Link
  readonly talk: TalkDesk
  readonly live: LiveDesk
  readonly orders: OrderDesk
  private media: MediaPeer | undefined
  private reportTimer: ReturnType<typeof setInterval> | undefined
  private noticeCount = 0
  private wasOpen = false
  private agreed = false
  private readonly onNetwork = (): void => this.networkChanged()
  private networkType = networkInformation()?.type
  private readonly onNetworkType = (): void => {
    // The event also fires for every new speed estimate; only another kind of network matters.
    if (networkInformation()?.type === this.networkType) return
    this.networkType = networkInformation()?.type
    this.networkChanged()
  }
  private readonly onVisibility = (): void => {
    if (document.visibilityState === 'visible') this.link.retryNow()
  }

  constructor(private readonly options: SessionOptions) {
    const { url, token, device, locale, tokenStillGood } = options
    this.link = new Link(
      { url, token, device, locale, tokenStillGood },
      {
        message: (message) => this.received(message),
        phase: (phase) => this.phaseChanged(phase),
        welcome: (welcome) => this.welcomed(welcome),
      },
    )
    this.talk = new TalkDesk(this)
    this.live = new LiveDesk(this, this.talk)
    this.orders = new OrderDesk(this, options.store, options.user)
  }

  start(): void {
    this.link.start()
    void this.talk.openMic()
    void this.orders.loadLetters()
    window.addEventListener('online', this.onNetwork)
    document.addEventListener('visibilitychange', this.onVisibility)
    networkInformation()?.addEventListener('change', this.onNetworkType)
    this.reportTimer = setInterval(() => this.reportStats(), STATS_REPORT_EVERY_MS)
  }

  stop(): void {
    window.removeEventListener('online', this.onNetwork)
    document.removeEventListener('visibilitychange', this.onVisibility)
    networkInformation()?.removeEventListener('change', this.onNetworkType)
    clearInterval(this.reportTimer)
    if (this.live.view.value.name === 'live') this.link.tell({ type: 'live.stop' })
    this.live.stop(false)
    this.talk.stop()
    this.media?.close()
    this.link.stop()
  }

  peer(): MediaPeer | undefined {
    return this.media
  }

  mediaIsAgreed(): boolean {
    return this.agreed
  }

  model(): Model {
    return this.state.value
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

  openCall(unit: string): void {
    this.link.ask({ type: 'call.open', unit }).catch((error: unknown) => this.failed('call', error))
  }

  closeCall(call: string): void {
    this.link.keep({ type: 'call.close', call }).catch((error: unknown) => this.failed('call', error))
  }

  listen(group: string, on: boolean): void {
    this.apply({ type: 'local.affiliated', group, affiliated: on })
    this.link.keep(on ? { type: 'group.affiliate', group } : { type: 'group.leave', group }).catch((error: unknown) => {
      if (!(error instanceof LinkLost)) this.apply({ type: 'local.affiliated', group, affiliated: !on })
      this.failed('listen', error)
    })
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

  private received(message: ServerMessage): void {
    if (message.type === 'watch.quality') {
      this.qualities.value = new Map(this.qualities.value).set(message.tile, message)
      return
    }
    const before = this.state.value
    this.state.value = reduce(before, message, this.now())
    this.talk.received(message)
    if (message.type === 'snapshot') message.orders.forEach((order) => this.orderArrived(order))
    if (message.type === 'order.changed') {
      this.orderArrived(message.order)
      if (!before.orders[message.order.id] && this.isForUs(message.order)) this.play('order')
    }
    if (message.type === 'live.changed' && message.unit === before.me?.unit) this.live.serverSays(message.live !== undefined)
    if (message.type === 'live.asked') this.asked(message.ask, message.pull)
    if (message.type === 'call.opened' && !message.re) this.play('asked')
    if (message.type === 'media.state' && message.state === 'lost') this.media?.rebuild()
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
    if (pull && this.options.device === 'terminal') void this.live.start(undefined, ask)
  }

  private welcomed(welcome: Welcome): void {
    if (!this.media) this.openMedia(welcome)
    else if (!welcome.resumed) this.media.rebuild()
    else this.media.linkUp()
    this.talk.linkUp()
  }

  private openMedia(welcome: Welcome): void {
    const { voiceSlots, tiles } = this.options
    this.media = new MediaPeer(
      {
        offer: async (sdp, sections) => {
          const answer = await this.link.ask({ type: 'media.offer', sdp, sections })
          if (answer.type !== 'media.answer') throw new Error(`no answer but ${answer.type}`)
          return answer.sdp
        },
        close: () => this.link.tell({ type: 'media.close' }),
      },
      {
        rebuilt: () => this.tracksAreNew(),
        agreed: () => {
          this.agreed = true
          this.mediaAgreed.value++
          this.live.mediaAgreed()
        },
        state: (state) => (this.peerState.value = state),
        stats: (stats) => (this.stats.value = stats),
        trouble: (error) => error instanceof LinkLost || this.failed('media', error),
      },
      {
        voiceSlots: Math.min(voiceSlots, welcome.limits.voiceSlots),
        tiles: Math.min(tiles, welcome.limits.tiles),
        iceServers: welcome.iceServers,
      },
    )
    this.media.start()
  }

  private tracksAreNew(): void {
    this.agreed = false
    const live = this.live.view.value
    if (live.name === 'live') void this.media?.showCamera(live.track)
    this.talk.peerRebuilt()
    this.mediaGeneration.value++
  }

  private phaseChanged(phase: LinkPhase): void {
    this.phase.value = phase
    if (phase.name === 'open') {
      if (this.wasOpen) this.play('restored')
      this.wasOpen = true
    } else if (phase.name === 'waiting' && phase.attempt === 1) {
      this.talk.linkLost()
    } else if (phase.name === 'ended') {
      this.leaveTheAir()
    }
  }

  /** Signed out by the server or taken over elsewhere: no camera and no microphone may stay open here. */
  private leaveTheAir(): void {
    this.talk.linkLost()
    this.live.stop(false)
    this.media?.close()
    this.media = undefined
    this.agreed = false
    this.peerState.value = 'none'
  }

  private networkChanged(): void {
    this.link.retryNow()
    this.media?.restartIce()
  }

  private reportStats(): void {
    const stats = this.stats.value
    if (!stats) return
    this.link.tell({
      type: 'stats.report',
      legs: {
        ...(stats.rttMs >= 0 ? { rttMs: stats.rttMs } : {}),
        lossPercent: Math.round(stats.lossPercent * 10) / 10,
        kbpsUp: stats.kbpsUp, kbpsDown: stats.kbpsDown, freezes: stats.freezes,
      },
    })
  }
}

function networkInformation(): (EventTarget & { type?: string }) | undefined {
  return (navigator as Navigator & { connection?: EventTarget & { type?: string } }).connection
}
