import { vi } from 'vitest'
import type { LetterStore, StoredLetter } from '../src/connection/durable'
import type { Alert, Burst, Call, CameraLayers, ClientMessage, Device, Group, ServerMessage } from '../src/protocol/messages'
import { DispatchSession } from '../src/session/session'

type Sent = ClientMessage & { id?: string }
/** The rig counts. */
type Words = ServerMessage extends infer M ? (M extends { seq: number } ? Omit<M, 'seq'> : never) : never

export class FakeSocket {
  static last: FakeSocket
  readyState = 0
  sent: Sent[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  onerror: (() => void) | null = null
  constructor() {
    FakeSocket.last = this
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientMessage)
  }
  close(): void {
    this.readyState = 3
  }
  find<T extends ClientMessage['type']>(type: T): Extract<Sent, { type: T }> | undefined {
    return this.sent.findLast((message): message is Extract<Sent, { type: T }> => message.type === type)
  }
  count(type: string): number {
    return this.sent.filter((message) => message.type === type).length
  }
  types(): string[] {
    return this.sent.map(({ type }) => type)
  }
}

export class FakePeer {
  static count = 0
  static all: FakePeer[] = []
  /** What hangs on the microphone's sender, in the order it was hung there. */
  static micTracks: unknown[] = []
  static cameraTracks: unknown[] = []
  connectionState = 'new'
  localDescription: { sdp: string } | null = null
  onconnectionstatechange: (() => void) | null = null
  onnegotiationneeded: (() => void) | null = null
  /** With what each section was added. */
  readonly added: (RTCRtpTransceiverInit | undefined)[] = []
  private mids = 0
  constructor() {
    FakePeer.count++
    FakePeer.all.push(this)
    queueMicrotask(() => this.onnegotiationneeded?.())
  }
  addTransceiver(_kind?: string, init?: RTCRtpTransceiverInit) {
    this.added.push(init)
    const mid = this.mids++
    const tracks = mid === 0 ? FakePeer.micTracks : FakePeer.cameraTracks
    const sender = { replaceTrack: (track: unknown) => (tracks.push(track), Promise.resolve()), getParameters: () => ({}), getStats: () => Promise.resolve(new Map()) }
    return { mid: String(mid), sender, receiver: { track: {} } }
  }
  createOffer = () => Promise.resolve({ sdp: 'offer' })
  setLocalDescription = (): Promise<void> => {
    this.localDescription = { sdp: 'offer' }
    return Promise.resolve()
  }
  setRemoteDescription = () => Promise.resolve()
  restartIce = (): void => queueMicrotask(() => this.onnegotiationneeded?.())
  getStats = () => Promise.resolve(new Map())
  close(): void {
    this.connectionState = 'closed'
  }
}

export const group = (id: string, more: Partial<Group> = {}): Group => ({
  id, name: `组${id}`, kind: 'town', node: 'x', members: ['car1', 'car2'], affiliated: true, tier: 'yellow', ...more,
})
export const call = (id: string, more: Partial<Call> = {}): Call => ({
  call: id, unit: 'room', name: '指挥室', by: '王敏', oneAtATime: true, ringing: false, incoming: true, ...more,
})
export const alert = (id: string, more: Partial<Alert> = {}): Alert => ({
  id, unit: 'car1', name: '巡逻车01', by: '李强', tier: 'red', group: 'g', phase: 'pending', raisedAt: '2026-11-21T06:31:09.000Z',
  activeAt: '2026-11-21T06:31:14.000Z', ...more,
})
export const burst = (id: string, more: Partial<Burst> = {}): Burst => ({
  id, call: 'g', talker: { user: 'x', name: '王敏' }, at: '2026-11-21T06:31:09.000Z', durationMs: 2_000, heard: false, audio: true, ...more,
})

/** A page's session against a server that a test speaks for. Timers are vitest's own. */
export class SessionRig {
  readonly letters = new Map<string, StoredLetter>()
  readonly tones: string[] = []
  readonly tracks: { enabled: boolean; kind: string }[] = []
  session!: DispatchSession
  /** How the server wants cameras. */
  layers: CameraLayers = 'none'
  private seq = 0
  private readonly store: LetterStore = {
    put: async (letter) => void this.letters.set(letter.id, letter),
    remove: async (id) => void this.letters.delete(id),
    of: async (user) => [...this.letters.values()].filter((letter) => letter.user === user),
  }

  constructor(private readonly device: Device = 'terminal', private readonly rights: string[] = ['talk']) {
    vi.useFakeTimers()
    FakePeer.count = 0
    FakePeer.all = []
    FakePeer.micTracks = []
    FakePeer.cameraTracks = []
    const getUserMedia = async ({ video }: { video?: unknown }) => {
      const track = { kind: video ? 'video' : 'audio', enabled: true, readyState: 'live', stop: vi.fn(), getSettings: () => ({}), contentHint: '' }
      this.tracks.push(track)
      return { getTracks: () => [track] }
    }
    vi.stubGlobal('RTCPeerConnection', FakePeer)
    vi.stubGlobal('RTCRtpSender', { getCapabilities: undefined })
    vi.stubGlobal('RTCRtpReceiver', { getCapabilities: undefined })
    vi.stubGlobal('WebSocket', FakeSocket)
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } })
    this.open()
  }

  /** As a page does that was closed and opened again. */
  open(): DispatchSession {
    this.session = new DispatchSession({
      origin: 'http://x', token: 't', user: 'u', device: this.device, locale: 'zh-CN', voiceSlots: 2, tiles: 0, store: this.store,
      play: (tone) => void this.tones.push(tone),
    })
    this.session.start()
    return this.session
  }

  close(): void {
    this.session.stop()
    vi.useRealTimers()
    vi.unstubAllGlobals()
  }

  get socket(): FakeSocket {
    return FakeSocket.last
  }

  get mic(): { enabled: boolean } {
    return this.tracks.find(({ kind }) => kind === 'audio')!
  }

  async settled(ms = 1): Promise<void> {
    await vi.advanceTimersByTimeAsync(ms)
  }

  /** Time passes over a line that is alive. */
  async lives(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 4_000) {
      await this.settled(Math.min(left, 4_000))
      await this.says({ type: 'pong' })
    }
  }

  async says(message: Words): Promise<void> {
    this.socket.onmessage?.({ data: JSON.stringify({ seq: ++this.seq, ...message }) })
    await this.settled()
  }

  /** @param moved the session goes on at another node */
  async greets(resumed = false, snapshot: object = {}, moved = false): Promise<void> {
    const socket = this.socket
    socket.readyState = 1
    socket.onopen?.()
    if (!resumed) this.seq = 0
    const user = { id: 'u', name: '车', role: 'terminal', unit: 'car1', locale: 'zh-CN', rights: this.rights }
    const limits = { orderChars: 500, tiles: 9, voiceSlots: 8, layers: this.layers }
    await this.says({ type: 'welcome', session: 's', resume: 'r', resumed, heartbeatSeconds: 10, node: moved ? 'm' : 'n', nodes: [], ...(moved ? { moved } : {}), user, iceServers: [], limits })
    if (!resumed) {
      const groups = [group('g'), group('h', { members: [], affiliated: false })]
      const rest = { nodes: [], units: [], groups, orders: [], lives: [], shown: [], watching: [], calls: [], callbacks: [], alerts: [], positions: [], missed: [] }
      await this.says({ type: 'snapshot', ...rest, ...snapshot })
    }
    await this.says({ type: 'pong' })
  }

  async agrees(): Promise<void> {
    await this.settled()
    await this.says({ type: 'media.answer', re: this.socket.find('media.offer')!.id, sdp: 'answer' })
    await this.settled()
  }

  /** Packets flow over the newest peer connection. */
  async connects(): Promise<void> {
    const peer = FakePeer.all.at(-1)!
    peer.connectionState = 'connected'
    peer.onconnectionstatechange?.()
    await this.settled()
  }

  async breaks(code = 1006): Promise<void> {
    this.socket.readyState = 3
    this.socket.onclose?.({ code })
    await this.settled(400)
  }

  async grants(callId: string, durationMs = 30_000): Promise<void> {
    await this.says({ type: 'floor.granted', call: callId, durationMs, priority: 0, tier: 'yellow' })
  }

  async refuses(type: ClientMessage['type'], code: string): Promise<void> {
    await this.says({ type: 'refused', re: this.socket.find(type)!.id, code, detail: '' })
  }
}
