import type { ClientMessage, Device, Refused, ServerMessage, ServerNode, Welcome } from '@/protocol/messages'
import { backoffMs } from './backoff'
import { newId } from './new-id'
import { Outbox } from './outbox'
import { Places, type NodeMemory } from './places'

/** Why the server ended the session for good; nothing reconnects until somebody signs in or asks to go on here. */
export type Farewell = 'expired' | 'taken-over'

/** `to`: another node is tried than the one at which we were. */
export type LinkPhase =
  | { name: 'connecting'; attempt: number; to?: string }
  | { name: 'open' }
  | { name: 'waiting'; attempt: number; retryAt: number }
  | { name: 'ended'; why: Farewell }

/** The server said no, with a code of docs/protocol.md. */
export class Refusal extends Error {
  constructor(readonly code: string, readonly detail: string, readonly params: Record<string, string> = {}) {
    super(`${code}: ${detail}`)
    this.name = 'Refusal'
  }
}

/** The connection broke before an answer came, and the message is not one that is sent again. */
export class LinkLost extends Error {
  constructor() {
    super('connection lost before the answer')
    this.name = 'LinkLost'
  }
}

export interface LinkOptions {
  /** Scheme, host and port of the server that the page came from. */
  origin: string
  token: string
  device: Device
  locale: string
  /** Opens the socket; tests hand in a fake. */
  open?: (url: string, protocols: string[]) => WebSocket
  now?: () => number
  random?: () => number
  newId?: () => string
  memory?: NodeMemory
  /** Asked when the socket is turned away before it opens: a browser cannot see a 401 there. */
  tokenStillGood?: (origin: string) => Promise<boolean>
}

export interface LinkEvents {
  message(message: ServerMessage): void
  phase(phase: LinkPhase): void
  /** After each hello; `resumed` false means that the session is a new one, `moved` that it has our groups. */
  welcome(welcome: Welcome): void
}

interface Waiting {
  resolve(message: ServerMessage): void
  reject(error: Error): void
  kept: boolean
}

const CONNECT_TIMEOUT_MS = 8_000
/** There are others to try. */
const IMPATIENT_CONNECT_TIMEOUT_MS = 2_500
/** The node that we have left closes the old socket itself; this is for when it cannot. */
const FORMER_SOCKET_MS = 8_000
/** Who closes sooner than that after its welcome is no better than who does not answer. */
const STEADY_MS = 5_000
/** For so long a hello of ours that nobody waits for any more may still be worked off, and take its session over from us. */
const LATE_HELLO_MS = 60_000
const GOING_AWAY = 1001
const SILENCE_LIMIT_MS = 12_000
/** A node that is there answers a new line sooner; what was dialled into the former network is not waited for. */
const STUCK_MS = 1_000
const PING_MS = 4_000
const DEFAULT_HEARTBEAT_SECONDS = 10

const FORGETFUL: NodeMemory = { load: () => [], save: () => {} }

/**
 * One person's line to the server. Reconnects for ever, at whichever node answers, resumes the session,
 * acknowledges what it got, and sends kept messages again until they are answered.
 */
export class Link {
  private readonly options: Required<LinkOptions>
  private readonly outbox = new Outbox()
  private readonly waiting = new Map<string, Waiting>()
  private readonly places: Places
  private socket: WebSocket | undefined
  /** A second line to another node, while the first one still serves. */
  private successor: WebSocket | undefined
  private tryingAt: string
  private resume: string | undefined
  private attempt = 0
  private retryTimer: ReturnType<typeof setTimeout> | undefined
  private connectTimer: ReturnType<typeof setTimeout> | undefined
  private heartbeat: ReturnType<typeof setInterval> | undefined
  private lastHeardAt = 0
  private dialledAt = 0
  private welcomedAt = 0
  private greeted = false
  private stopped = true
  /** The network is new to us: a first failure says nothing. */
  private hurried = false
  /** When we let go of a line on which a hello had been said and not been answered. */
  private helloLeftAt = -Infinity
  private heartbeatMs = DEFAULT_HEARTBEAT_SECONDS * 1000
  private flushOn: string | undefined
  /** Highest sequence number seen in this session. */
  lastSeq = 0
  session: string | undefined
  phase: LinkPhase = { name: 'connecting', attempt: 0 }

  constructor(options: LinkOptions, private readonly events: LinkEvents) {
    this.options = {
      open: (url, protocols) => new WebSocket(url, protocols),
      now: () => Date.now(),
      random: () => Math.random(),
      newId,
      memory: FORGETFUL,
      tokenStillGood: () => Promise.resolve(true),
      ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as LinkOptions,
    }
    this.places = new Places(this.options.origin, this.options.memory)
    this.tryingAt = this.places.at
  }

  /** The node that we are at, or were at last: scheme, host and port. */
  get at(): string {
    return this.places.at
  }

  get isOpen(): boolean {
    return this.phase.name === 'open'
  }

  get unsent(): number {
    return this.outbox.size
  }

  start(): void {
    this.stopped = false
    this.connect()
  }

  /** Leaves for good: sign-out, or the page goes away. */
  stop(): void {
    this.stopped = true
    clearTimeout(this.retryTimer)
    this.detach(1000, 'leaving')
    for (const waiting of this.waiting.values()) waiting.reject(new LinkLost())
    this.waiting.clear()
  }

  /** The network is back or another one, or somebody pressed the button: do not wait for the timer. */
  retryNow(): void {
    if (this.stopped) return
    const stuck = this.phase.name === 'connecting' && this.options.now() - this.dialledAt > STUCK_MS
    if (stuck) this.detach()
    this.hurried = this.phase.name !== 'open'
    if (stuck || this.phase.name === 'waiting' || this.phase.name === 'ended') {
      clearTimeout(this.retryTimer)
      this.attempt = 0
      this.places.forgive()
      this.connect()
    } else if (this.phase.name === 'open') {
      this.ping()
      // A dead path must show itself within 3 s, not within the usual silence limit.
      const heard = this.lastHeardAt
      setTimeout(() => {
        if (this.phase.name === 'open' && this.lastHeardAt === heard) this.lost()
      }, 3_000)
    }
  }

  /** The network under us is another one since then: nobody answers any more on a line from before. */
  moved(agoMs: number): void {
    if (this.phase.name !== 'open' || this.dialledAt > this.options.now() - agoMs) return
    this.detach()
    this.failAsked()
    this.outbox.connectionLost()
    this.hurried = true
    this.connect()
  }

  /** Sends if there is a connection, and never again; for things that are only true now. */
  tell(message: ClientMessage): boolean {
    if (!this.greeted || this.socket?.readyState !== 1) return false
    this.socket.send(JSON.stringify(message))
    return true
  }

  /** Sends now and waits for the answer; fails at once when the connection is away or breaks. */
  ask(message: ClientMessage): Promise<ServerMessage> {
    const id = this.options.newId()
    if (!this.tell({ ...message, id })) return Promise.reject(new LinkLost())
    return this.answerTo(id, false)
  }

  /** Sends as soon as there is a connection and again after each break, until the server answers. */
  keep(message: ClientMessage, id: string = this.options.newId()): Promise<ServerMessage> {
    this.outbox.add(id, { ...message, id })
    const answer = this.answerTo(id, true)
    this.flush()
    return answer
  }

  /** Breaks the socket without a word, as a dead network does. For tests. */
  drop(): void {
    this.lost()
  }

  private answerTo(id: string, kept: boolean): Promise<ServerMessage> {
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject, kept }))
  }

  private connect(): void {
    this.tryingAt = this.places.next(this.options.random()) ?? this.places.at
    this.setPhase({ name: 'connecting', attempt: this.attempt, ...(this.tryingAt === this.places.at ? {} : { to: this.tryingAt }) })
    this.greeted = false
    const socket = this.dial(this.tryingAt)
    this.socket = socket
    this.dialledAt = this.options.now()
    const patience = this.places.several ? IMPATIENT_CONNECT_TIMEOUT_MS : CONNECT_TIMEOUT_MS
    this.connectTimer = setTimeout(() => this.socket === socket && this.lost(), patience)
    this.listenTo(socket)
  }

  private dial(origin: string): WebSocket {
    const { token, device, locale, open } = this.options
    const socket = open(`${origin.replace(/^http/, 'ws')}/ws`, ['maplebridge.v1', `bearer.${token}`])
    socket.onopen = () => {
      const hello: ClientMessage = { type: 'hello', device, locale }
      if (this.resume) Object.assign(hello, { resume: this.resume, lastSeq: this.lastSeq })
      socket.send(JSON.stringify(hello))
    }
    // A close always follows; its code says more.
    socket.onerror = () => {}
    return socket
  }

  private listenTo(socket: WebSocket): void {
    socket.onmessage = (event) => this.socket === socket && this.received(String(event.data))
    socket.onclose = (event) => this.socket === socket && this.closed(event.code)
  }

  /** This node wants to be left: a second line is opened, and the first one serves until that one answers. */
  private move(nodes: readonly ServerNode[]): void {
    const to = this.places.elsewhere(nodes, this.options.random())
    if (to === undefined || this.successor) return
    const socket = this.dial(to)
    this.successor = socket
    const giveUp = (): void => {
      clearTimeout(timer)
      if (this.successor !== socket) return
      this.successor = undefined
      this.leaveHello(socket)
      hangUp(socket, 4000, 'late')
    }
    const timer = setTimeout(giveUp, IMPATIENT_CONNECT_TIMEOUT_MS)
    socket.onclose = giveUp
    socket.onmessage = (event) => {
      clearTimeout(timer)
      if (this.successor !== socket) return
      this.successor = undefined
      this.changeOver(socket, to)
      this.received(String(event.data))
    }
  }

  private changeOver(socket: WebSocket, to: string): void {
    const former = this.socket
    if (former) {
      former.onopen = former.onmessage = former.onclose = null
      setTimeout(() => hangUp(former, 1000, 'moved'), FORMER_SOCKET_MS)
    }
    this.socket = socket
    this.tryingAt = to
    this.greeted = false
    this.flushOn = undefined
    this.failAsked()
    this.outbox.connectionLost()
    this.listenTo(socket)
  }

  private received(text: string): void {
    this.lastHeardAt = this.options.now()
    let message: ServerMessage
    try {
      message = JSON.parse(text) as ServerMessage
    } catch {
      return // not a frame of this protocol
    }
    if (message.type === 'welcome') this.welcomed(message)
    else if (message.seq <= this.lastSeq) return // told before the break and again after it
    else this.lastSeq = message.seq
    this.settle(message)
    if (message.type === 'nodes.changed') this.places.told(message.nodes)
    if (message.type === 'session.move') this.move(message.nodes)
    if (message.type === 'pong' && this.flushOn) {
      this.flushOn = undefined
      this.flush()
    }
    this.events.message(message)
  }

  private welcomed(welcome: Welcome): void {
    clearTimeout(this.connectTimer)
    this.greeted = true
    this.hurried = false
    this.attempt = 0
    this.welcomedAt = this.options.now()
    this.places.arrived(this.tryingAt, welcome.node, welcome.nodes ?? [])
    this.resume = welcome.resume
    this.session = welcome.session
    this.heartbeatMs = (welcome.heartbeatSeconds || DEFAULT_HEARTBEAT_SECONDS) * 1000
    // After a resume the welcome may come before older messages that we missed; then it does not count yet.
    if (!welcome.resumed || welcome.seq === this.lastSeq + 1) this.lastSeq = welcome.seq
    if (!welcome.resumed) this.fail(this.outbox.sessionIsNew(welcome.moved ?? false))
    this.startHeartbeat()
    // What the server said before the break comes first; the answers among it make resending needless.
    this.flushOn = 'pong'
    this.setPhase({ name: 'open' })
    this.events.welcome(welcome)
    this.ping()
  }

  private settle(message: ServerMessage): void {
    const re = 're' in message ? message.re : undefined
    if (re === undefined) return
    this.outbox.answered(re)
    const waiting = this.waiting.get(re)
    if (!waiting) return
    this.waiting.delete(re)
    if (message.type === 'refused') waiting.reject(asRefusal(message))
    else waiting.resolve(message)
  }

  private flush(): void {
    if (!this.greeted || this.flushOn || this.socket?.readyState !== 1) return
    for (const letter of this.outbox.takeDue()) this.socket.send(JSON.stringify(letter.message))
  }

  private startHeartbeat(): void {
    clearInterval(this.heartbeat)
    const every = Math.min(PING_MS, this.heartbeatMs / 2)
    this.lastHeardAt = this.options.now()
    this.heartbeat = setInterval(() => {
      if (this.options.now() - this.lastHeardAt > SILENCE_LIMIT_MS) this.lost()
      else this.ping()
    }, every)
  }

  private ping(): void {
    this.tell({ type: 'ping', seq: this.lastSeq })
  }

  private closed(code: number): void {
    if (code === 4409 && this.options.now() - this.helloLeftAt < LATE_HELLO_MS) {
      // Most likely ourselves, by the line that we gave up. If it was somebody else, the next one ends this.
      this.helloLeftAt = -Infinity
      return this.lost()
    }
    if (code === 4401 || code === 4409) return this.end(code === 4401 ? 'expired' : 'taken-over')
    // Not at every try: a county that comes back should not ask twice as much.
    if (!this.greeted && this.attempt % 8 === 1) void this.checkToken()
    // A session that broke the rules is not taken up again.
    if (code === 4400 || code === 4413) this.resume = undefined
    this.lost(code === GOING_AWAY)
  }

  private end(why: Farewell): void {
    clearTimeout(this.retryTimer)
    this.detach()
    this.resume = undefined
    this.failAsked()
    this.outbox.connectionLost()
    this.setPhase({ name: 'ended', why })
  }

  private async checkToken(): Promise<void> {
    const good = await this.options.tokenStillGood(this.tryingAt).catch(() => true)
    if (!good && !this.greeted && !this.stopped) this.end('expired')
  }

  /** @param goingAway the node said so: it is the last one to come back to */
  private lost(goingAway = false): void {
    const steady = this.greeted && this.options.now() - this.welcomedAt >= STEADY_MS
    this.detach(4000, 'lost')
    this.failAsked()
    this.outbox.connectionLost()
    if (this.stopped) return
    if (this.hurried) {
      // Browsers break off what was dialled while they take note of the network themselves.
      this.hurried = false
      return this.connect()
    }
    if (steady) this.places.forgive()
    if (!steady || goingAway) this.places.triedInVain(this.tryingAt)
    // While there is a node that was not tried yet, nobody has to wait.
    if (this.places.several && this.places.next(this.options.random()) !== undefined) return this.connect()
    this.places.forgive()
    const wait = backoffMs(this.attempt, this.options.random())
    this.attempt++
    this.setPhase({ name: 'waiting', attempt: this.attempt, retryAt: this.options.now() + wait })
    this.retryTimer = setTimeout(() => this.connect(), wait)
  }

  private failAsked(): void {
    this.fail([...this.waiting].filter(([, { kept }]) => !kept).map(([id]) => id))
  }

  private fail(ids: string[]): void {
    for (const id of ids) {
      this.waiting.get(id)?.reject(new LinkLost())
      this.waiting.delete(id)
    }
  }

  private detach(code = 1000, reason = ''): void {
    clearTimeout(this.connectTimer)
    clearInterval(this.heartbeat)
    const sockets = [this.socket, this.successor]
    if (this.socket && !this.greeted) this.leaveHello(this.socket)
    if (this.successor) this.leaveHello(this.successor)
    this.socket = this.successor = undefined
    this.greeted = false
    this.flushOn = undefined
    for (const socket of sockets) if (socket) hangUp(socket, code, reason)
  }

  private leaveHello(socket: WebSocket): void {
    if (socket.readyState === 1) this.helloLeftAt = this.options.now()
  }

  private setPhase(phase: LinkPhase): void {
    this.phase = phase
    this.events.phase(phase)
  }
}

function hangUp(socket: WebSocket, code: number, reason: string): void {
  socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null
  if (socket.readyState <= 1) socket.close(code, reason)
}

function asRefusal(message: Refused): Refusal {
  return new Refusal(message.code, message.detail, message.params)
}
