import { shallowRef, type ShallowRef } from 'vue'
import { Link, LinkLost, Refusal, type LinkPhase } from '@/connection/link'
import { whenNetworkChanges } from '@/connection/network'
import { tokenStillGood } from '@/connection/door/still-good'
import { DeviceFailed, openCamera, openMic, type DeviceTrouble } from '@/media/devices'
import { MediaPeer } from '@/media/peer'
import type { ClientMessage, Consultation, MediaPicture, MediationState, ServerMessage, TableExhibit, Welcome } from '@/protocol/messages'

/** A room has eight people. */
const TILES = 7
/** A face in a telephone's tile needs no more, and several come over one line. */
const PICTURE_BITS = 600_000

export interface Devices { mic?: MediaStreamTrack; camera?: MediaStreamTrack; micTrouble?: DeviceTrouble; cameraTrouble?: DeviceTrouble }

/** Asks for both at once where it can, and takes what there is. */
export async function openDevices(): Promise<Devices> {
  const devices: Devices = {}
  try {
    devices.mic = await openMic()
  } catch (error) {
    devices.micTrouble = error instanceof DeviceFailed ? error.trouble : 'failed'
  }
  try {
    devices.camera = await openCamera('front')
  } catch (error) {
    devices.cameraTrouble = error instanceof DeviceFailed ? error.trouble : 'failed'
  }
  return devices
}

/** One device at a table: its line, its peer connection, and what the server says of the table. */
export class Table {
  readonly state: ShallowRef<MediationState | undefined> = shallowRef()
  readonly exhibits: ShallowRef<readonly TableExhibit[]> = shallowRef([])
  readonly phase: ShallowRef<LinkPhase> = shallowRef({ name: 'connecting', attempt: 0 })
  readonly media: ShallowRef<RTCPeerConnectionState | 'none'> = shallowRef('none')
  /** Goes up when what is received comes in new tracks. */
  readonly generation = shallowRef(0)
  readonly micOn = shallowRef(true)
  readonly cameraOn = shallowRef(true)
  readonly picturesOn = shallowRef(true)
  /** Tiles whose picture is left out because this line does not bear it. */
  readonly paused: ShallowRef<ReadonlySet<number>> = shallowRef(new Set())
  /** A picture had to be left out since pictures were last asked for. */
  readonly slow = shallowRef(false)
  /** As it was said last, for who comes to ask later. */
  consultation: Consultation | undefined
  private readonly link: Link
  private readonly listeners = new Set<(message: ServerMessage) => void>()
  private peer: MediaPeer | undefined
  private ignoreNetwork = (): void => {}

  constructor(token: string, locale: string, private readonly devices: Devices) {
    this.link = new Link(
      { origin: location.origin, token, device: 'console', locale, tokenStillGood: (origin) => tokenStillGood(origin, token) },
      { message: (message) => this.received(message), phase: (phase) => (this.phase.value = phase), welcome: (welcome) => this.welcomed(welcome) },
    )
    this.cameraOn.value = devices.camera !== undefined
    this.micOn.value = devices.mic !== undefined
  }

  start(): void {
    this.link.start()
    this.ignoreNetwork = whenNetworkChanges(() => {
      this.link.retryNow()
      void this.peer?.networkChanged()
    })
  }

  stop(): void {
    this.ignoreNetwork()
    this.peer?.close()
    this.link.stop()
    this.devices.mic?.stop()
    this.devices.camera?.stop()
  }

  /** @return the code of the refusal, or nothing when it was done */
  async say(message: ClientMessage): Promise<string | undefined> {
    try {
      await this.link.keep(message)
      return undefined
    } catch (error) {
      return error instanceof Refusal ? error.code : 'internal'
    }
  }

  async draft(kind: 'minutes' | 'agreement' | 'noAgreement'): Promise<string> {
    const answer = await this.link.ask({ type: 'mediation.draft', kind })
    return answer.type === 'mediation.drafted' ? answer.body : ''
  }

  streamOf(tile: number): MediaStream | undefined {
    const tracks = this.peer?.tileTracks(tile) ?? []
    return tracks.length ? new MediaStream(tracks) : undefined
  }

  get own(): MediaStream | undefined {
    return this.devices.camera && this.cameraOn.value ? new MediaStream([this.devices.camera]) : undefined
  }

  get micTrack(): MediaStreamTrack | undefined {
    return this.devices.mic
  }

  get connection(): RTCPeerConnection | undefined {
    return this.peer?.connection
  }

  toggleMic(): void {
    if (!this.devices.mic) return
    this.micOn.value = !this.micOn.value
    this.devices.mic.enabled = this.micOn.value
  }

  toggleCamera(): void {
    if (!this.devices.camera) return
    this.cameraOn.value = !this.cameraOn.value
    void this.peer?.showCamera(this.cameraOn.value ? this.devices.camera : undefined)
  }

  /** Voices alone, both ways: for a line that bears no more. */
  togglePictures(): void {
    this.picturesOn.value = !this.picturesOn.value
    this.slow.value = false
    this.paused.value = new Set()
    if (this.cameraOn.value !== this.picturesOn.value) this.toggleCamera()
    void this.say({ type: 'mediation.pictures', on: this.picturesOn.value })
  }

  /** @return ends it */
  heard(listener: (message: ServerMessage) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  retry(): void {
    this.link.retryNow()
  }

  private received(message: ServerMessage): void {
    if (message.type === 'mediation.state') this.seated(message)
    if (message.type === 'media.picture') this.shown(message)
    // What lies on the table is had where the table stands, which may be another node than the page's.
    if (message.type === 'exhibit.shown') this.exhibits.value = message.exhibits.map((one) => ({ ...one, href: new URL(one.href, this.link.at).href }))
    if (message.type === 'consultation.state') this.consultation = message.consultation
    for (const listener of this.listeners) listener(message)
    if (message.type === 'media.state' && message.state === 'lost') this.peer?.rebuild()
  }

  /** What was told of a tile's picture is of the person that was in it. */
  private seated(next: MediationState): void {
    const before = new Map(this.state.value?.tiles.map(({ tile, person }) => [tile, person]))
    const same = new Set(next.tiles.filter(({ tile, person }) => before.get(tile) === person).map(({ tile }) => tile))
    this.paused.value = new Set([...this.paused.value].filter((tile) => same.has(tile)))
    this.state.value = next
  }

  private shown({ tile, paused }: MediaPicture): void {
    const next = new Set(this.paused.value)
    if (paused) next.add(tile)
    else next.delete(tile)
    this.paused.value = next
    this.slow.value ||= paused
  }

  private welcomed(welcome: Welcome): void {
    if (!welcome.resumed) this.exhibits.value = []
    if (!this.peer) this.open(welcome)
    else if (!welcome.resumed) this.peer.rebuild()
    else this.peer.linkUp()
    if (!welcome.resumed && !this.picturesOn.value) void this.say({ type: 'mediation.pictures', on: false })
  }

  private open(welcome: Welcome): void {
    const peer: MediaPeer = new MediaPeer(
      {
        offer: async (sdp, sections) => {
          const answer = await this.link.ask({ type: 'media.offer', sdp, sections })
          if (answer.type !== 'media.answer') throw new LinkLost()
          return answer.sdp
        },
        close: () => this.link.tell({ type: 'media.close' }),
      },
      {
        rebuilt: () => this.fill(),
        renewed: () => this.generation.value++,
        agreed: () => void this.limit(),
        sending: () => undefined,
        state: (state) => (this.media.value = state),
        stats: () => undefined,
        unanswered: () => this.link.retryNow(),
        moved: (silentMs) => this.link.moved(silentMs),
        trouble: () => undefined,
      },
      { voiceSlots: 0, tiles: TILES, iceServers: welcome.iceServers, layers: 'none' },
    )
    this.peer = peer
    peer.start()
    this.fill()
  }

  private fill(): void {
    void this.peer?.sender('mic')?.replaceTrack(this.devices.mic ?? null)
    void this.peer?.showCamera(this.cameraOn.value ? this.devices.camera : undefined)
  }

  private async limit(): Promise<void> {
    const sender = this.peer?.sender('camera')
    const parameters = sender?.getParameters()
    const encoding = parameters?.encodings?.[0]
    if (!sender || !parameters || !encoding) return
    encoding.maxBitrate = PICTURE_BITS
    await sender.setParameters(parameters).catch(() => undefined)
  }
}
