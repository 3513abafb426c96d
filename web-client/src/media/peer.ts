import type { CameraLayers, IceServer, Section } from '@/protocol/messages'
import { limited } from './limits'
import type { PeerWindow } from './ways/networks'
import { preferRed, RED_OFF, redStep, type RedMemory } from './red'
import { addSection, planSections, type Bound } from './sections'
import { summarise, type MediaStats, type StatsMemory } from './stats'
import type { Ways } from './ways/ways'

/** How the peer connection speaks to the server; `offer` answers with the server's SDP. */
export interface PeerSignal {
  offer(sdp: string, sections: Section[]): Promise<string>
  close(): void
}

export interface PeerEvents {
  /** A new connection stands in for the old one: senders are new. */
  rebuilt(): void
  /** What is received comes in new tracks from now on. */
  renewed(): void
  /** Offer and answer of a new connection have met: its sections can be filled from now on. */
  agreed(): void
  /** What we send can be announced: it gets through from now on, or is about to. */
  sending(): void
  state(state: RTCPeerConnectionState): void
  stats(stats: MediaStats): void
  /** Nobody answers what we send. */
  unanswered(): void
  /** The device is in another network; for so long nobody has answered. */
  moved(silentMs: number): void
  /** The server refused our offer, or the browser its answer. */
  trouble(error: unknown): void
}

interface Made { pc: RTCPeerConnection; bound: Bound[]; home: PeerWindow | undefined }

export interface PeerOptions { voiceSlots: number; tiles: number; iceServers: IceServer[]; layers: CameraLayers }

/** From the first packet to the first picture: so long the old connection is seen and heard. */
const SETTLE_MS = 400
/** A new connection that does not come about stands alone all the same. */
const REPLACE_PATIENCE_MS = 6_000
const DISCONNECTED_PATIENCE_MS = 2_000
const STATS_EVERY_MS = 2_000
const RETRY_MS = [500, 1_000, 2_000, 5_000]

/**
 * The one peer connection. Always offers; has all its sections from the start; restarts ICE when
 * the path is in doubt, is replaced when there is another network, and begins anew only when the
 * old connection is beyond help.
 */
export class MediaPeer {
  private pc: RTCPeerConnection | undefined
  private bound: Bound[] = []
  /** Where the connection was made, if not in the page's own window. */
  private home: PeerWindow | undefined
  /** The connection that is still seen and heard until the new one has settled. */
  private former: Made | undefined
  private work: Promise<void> = Promise.resolve()
  private offerDue = false
  private failures = 0
  private statsMemory: StatsMemory | undefined
  private readonly timers = { doubt: 0, retry: 0, stats: 0, settle: 0 }
  private closed = false
  private agreedWith: RTCPeerConnection | undefined
  private announced = false
  private cameraTrack: MediaStreamTrack | undefined
  private red: RedMemory = RED_OFF
  private redFailed = false
  private answer: string | undefined
  private wantedLayers: readonly string[] | undefined
  /** What the layers were fitted to last. */
  private fitted = ''
  private ways: Ways | undefined
  lastStats: MediaStats | undefined

  constructor(
    private readonly signal: PeerSignal,
    private readonly events: PeerEvents,
    readonly options: PeerOptions,
    private readonly loadWays: () => Promise<typeof import('./ways/ways')> = () => import('./ways/ways'),
  ) {}

  get state(): RTCPeerConnectionState | 'none' {
    return this.pc?.connectionState ?? 'none'
  }

  get connection(): RTCPeerConnection | undefined {
    return this.pc
  }

  start(): void {
    this.closed = false
    this.build()
    this.events.renewed()
    this.timers.stats = window.setInterval(() => void this.sample(), STATS_EVERY_MS)
  }

  close(): void {
    this.closed = true
    for (const timer of Object.values(this.timers)) clearTimeout(timer)
    this.ways?.stop()
    this.ways = undefined
    this.dismantle()
    this.home?.close()
    this.home = undefined
  }

  /** The server knows nothing of our connection any more (new session, lost leg): begin anew. */
  rebuild(): void {
    if (this.closed) return
    this.dismantle()
    this.signal.close()
    this.build()
    this.events.renewed()
  }

  /** We have gone to another node, or network: a second connection, to there, is made before the first one is broken. */
  replace(home = this.home): void {
    if (this.closed || !this.pc) return
    this.settle()
    this.former = { pc: this.pc, bound: this.bound, home: this.home }
    this.home = home
    this.letGo()
    this.build()
    this.timers.settle = window.setTimeout(() => this.settle(), REPLACE_PATIENCE_MS)
  }

  /** New ICE credentials and sockets on the same connection: DTLS and SRTP go on. */
  restartIce(): void {
    if (!this.closed) this.pc?.restartIce()
  }

  /** The network is said to be another one, or nothing comes through any more. */
  async networkChanged(): Promise<void> {
    if (!(await this.ways?.lookAround())) this.restartIce()
  }

  /** Signalling is there (again): say what could not be said meanwhile. */
  linkUp(): void {
    if (this.offerDue) this.negotiate()
  }

  sender(use: 'mic' | 'camera'): RTCRtpSender | undefined {
    return this.bound.find((section) => section.use === use)?.transceiver.sender
  }

  async showCamera(track: MediaStreamTrack | undefined): Promise<void> {
    this.cameraTrack = track
    await this.sender('camera')?.replaceTrack(track ?? null)
    if (track && this.options.layers !== 'none') this.work = this.work.then(() => this.limitSenders())
  }

  /** Only these layers of the camera are watched; the others rest. */
  wantLayers(rids: readonly string[]): void {
    this.wantedLayers = rids
    this.work = this.work.then(() => this.limitSenders())
  }

  /** What a tile shows and sounds like, or what one voice slot carries. */
  tileTracks(tile: number): MediaStreamTrack[] {
    return this.shown()
      .filter((section) => section.tile === tile && (section.use === 'picture' || section.use === 'sound'))
      .map((section) => section.transceiver.receiver.track)
  }

  voiceTracks(): { mid: string; track: MediaStreamTrack }[] {
    return this.shown()
      .filter(({ use, transceiver }) => use === 'voice' && transceiver.mid !== null)
      .map(({ transceiver }) => ({ mid: transceiver.mid!, track: transceiver.receiver.track }))
  }

  midOf(use: Section['use'], tile?: number): string | undefined {
    return this.bound.find((section) => section.use === use && section.tile === tile)?.transceiver.mid ?? undefined
  }

  private build(): void {
    const { voiceSlots, tiles, iceServers, layers } = this.options
    const pc = new (this.home ?? window).RTCPeerConnection({ iceServers, bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require' })
    this.pc = pc
    this.statsMemory = undefined
    this.red = RED_OFF
    this.answer = undefined
    this.announced = false
    this.wantedLayers = undefined
    this.bound = planSections(voiceSlots, tiles).map((section) => addSection(pc, section, layers))
    pc.onconnectionstatechange = () => this.pc === pc && this.stateChanged(pc.connectionState)
    // Fires for the new sections and for each ICE restart, whoever asked for it.
    pc.onnegotiationneeded = () => this.pc === pc && this.negotiate()
    if (this.cameraTrack) void this.sender('camera')?.replaceTrack(this.cameraTrack)
    this.events.rebuilt()
  }

  private dismantle(): void {
    this.endFormer()
    this.letGo()?.close()
  }

  private endFormer(): void {
    const { pc, home } = this.former ?? {}
    this.former = undefined
    pc?.close()
    if (home !== this.home) home?.close()
  }

  /** The connection goes on by itself, if nobody closes it. */
  private letGo(): RTCPeerConnection | undefined {
    const pc = this.pc
    clearTimeout(this.timers.doubt)
    clearTimeout(this.timers.retry)
    clearTimeout(this.timers.settle)
    if (pc) pc.onconnectionstatechange = pc.onnegotiationneeded = null
    this.pc = undefined
    // What was asked of a connection that is closed is never answered: the next one does not wait behind it.
    this.work = Promise.resolve()
    this.bound = []
    this.lastStats = undefined
    return pc
  }

  private settle(): void {
    clearTimeout(this.timers.settle)
    if (!this.former) return
    this.endFormer()
    if (this.agreedWith === this.pc) this.announce()
    this.events.renewed()
  }

  private announce(): void {
    if (this.announced) return
    this.announced = true
    this.events.sending()
  }

  private shown(): Bound[] {
    return this.former?.bound ?? this.bound
  }

  /** One offer at a time; a later call sees to it that the newest state is offered. */
  private negotiate(): void {
    clearTimeout(this.timers.retry)
    this.offerDue = true
    this.work = this.work.then(() => this.offerOnce())
  }

  private async offerOnce(): Promise<void> {
    const pc = this.pc
    if (!pc || !this.offerDue) return
    this.offerDue = false
    try {
      await pc.setLocalDescription(await pc.createOffer())
      // No candidates are trickled: the relay is ICE-lite and learns our address from our checks.
      const answer = await this.signal.offer(pc.localDescription!.sdp, this.sections())
      if (this.pc !== pc) return
      this.answer = answer
      await pc.setRemoteDescription({ type: 'answer', sdp: this.answerWithRed() ?? answer })
      this.failures = 0
      if (this.agreedWith !== pc) {
        this.agreedWith = pc
        this.events.agreed()
        // While there is a former connection, that one carries our picture.
        if (!this.former) this.announce()
      }
      await this.limitSenders()
    } catch (error) {
      if (this.pc !== pc || this.closed) return
      this.offerDue = true
      this.events.trouble(error)
      const wait = RETRY_MS[Math.min(this.failures++, RETRY_MS.length - 1)]!
      this.timers.retry = window.setTimeout(() => this.negotiate(), wait)
    }
  }

  private sections(): Section[] {
    return this.bound.map(({ use, tile, transceiver }) =>
      tile === undefined ? { mid: transceiver.mid!, use } : { mid: transceiver.mid!, use, tile },
    )
  }

  private async limitSenders(): Promise<void> {
    const { width, height } = this.lastStats?.camera ?? this.cameraTrack?.getSettings() ?? {}
    for (const section of this.bound) {
      const parameters = limited(section, { width, height, wanted: this.wantedLayers })
      // Older browsers refuse some of it; then their own limits hold.
      if (parameters) await section.transceiver.sender.setParameters(parameters).catch(() => undefined)
    }
  }

  private stateChanged(state: RTCPeerConnectionState): void {
    clearTimeout(this.timers.doubt)
    if (state === 'disconnected') this.timers.doubt = window.setTimeout(() => void this.networkChanged(), DISCONNECTED_PATIENCE_MS)
    this.events.state(state)
    if (state === 'connected' && !this.ways) void this.watchWays()
    if (state === 'connected' && this.former) {
      clearTimeout(this.timers.settle)
      this.timers.settle = window.setTimeout(() => this.settle(), SETTLE_MS)
      this.announce()
    }
    if (state === 'failed') {
      const wait = RETRY_MS[Math.min(this.failures++, RETRY_MS.length - 1)]!
      this.timers.doubt = window.setTimeout(() => this.rebuild(), wait)
    }
  }

  /** What is needed when the network is gone is fetched while there is one, and not before the first picture. */
  private async watchWays(): Promise<void> {
    const loaded = await this.loadWays().catch(() => undefined)
    if (!loaded || this.ways || this.closed) return
    this.ways = new loaded.Ways({
      now: () => ({ pc: this.pc, bound: this.bound, films: !!this.cameraTrack, received: this.lastStats?.received.values() ?? [] }),
      replace: (home) => this.replace(home),
      moved: (silentMs) => this.events.moved(silentMs),
      unanswered: () => {
        // The relay answers checks under our new name at once: the picture is back before the server is told of it.
        this.restartIce()
        this.events.unanswered()
      },
    })
  }

  /** Cameras are turned, and shared windows change their size. */
  private fit({ camera }: MediaStats): void {
    if (this.options.layers === 'none' || !camera) return
    const size = `${camera.width}×${camera.height}`
    if (size === this.fitted) return
    this.fitted = size
    this.work = this.work.then(() => this.limitSenders())
  }

  private followLoss(stats: MediaStats): void {
    const mid = this.midOf('mic')
    const before = this.red
    this.red = redStep(before, mid === undefined ? undefined : stats.sent.get(mid)?.far)
    if (this.red.on !== before.on) this.work = this.work.then(() => this.reorder())
  }

  /** Agrees with ourselves on what the server has agreed to already, in another order of preference. */
  private async reorder(): Promise<void> {
    const pc = this.pc
    const answer = this.answerWithRed()
    if (!pc || !answer || this.redFailed || pc.signalingState !== 'stable' || this.offerDue) return
    try {
      await pc.setLocalDescription(await pc.createOffer())
      await pc.setRemoteDescription({ type: 'answer', sdp: answer })
    } catch {
      this.redFailed = true
      if (this.pc === pc) this.rebuild()
    }
  }

  private answerWithRed(): string | undefined {
    return this.answer === undefined || this.redFailed ? undefined : preferRed(this.answer, this.red.on)
  }

  private async sample(): Promise<void> {
    const pc = this.pc
    if (!pc || pc.connectionState === 'new') return
    const report = await pc.getStats().catch(() => undefined)
    if (!report || this.pc !== pc) return
    this.ways?.read(pc, report.values())
    const { stats, memory } = summarise(report.values(), performance.now(), this.statsMemory)
    this.statsMemory = memory
    this.lastStats = stats
    this.events.stats(stats)
    this.fit(stats)
    this.followLoss(stats)
  }
}
