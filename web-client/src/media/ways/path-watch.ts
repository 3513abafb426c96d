/** What has gone out and come in over a peer connection, in bytes. */
export interface PathReading { sent: number; received: number }

export interface PathMemory { received: number; sentWhenHeard: number; heardAt: number; doubtedAt: number; lookedAt: number }

/** `quiet`: time to look whether the networks are other ones. `inDoubt`: nobody answers, whatever is seen. */
export interface PathStep { memory: PathMemory; quiet: boolean; inDoubt: boolean }

/** Who gets a picture answers ten times a second: so long without a word is strange. */
const QUIET_MS = 250
/** So long is no pause. */
const SILENT_MS = 1_000
/** As much as a small picture: less may be our own pause. */
const SENT_BYTES = 4_000
/** A new path may take so long to come about. */
const AGAIN_MS = 4_000
/** A look at the networks is work for a handheld. */
const LOOK_AGAIN_MS = 500
const READ_EVERY_MS = 150

/** Whether what we send is answered by nobody any more: the network may have changed under us, and no browser says so. */
export function pathStep(before: PathMemory | undefined, { sent, received }: PathReading, nowMs: number): PathStep {
  if (!before || received !== before.received || sent < before.sentWhenHeard) {
    const memory = { received, sentWhenHeard: sent, heardAt: nowMs, doubtedAt: before?.doubtedAt ?? -Infinity, lookedAt: before?.lookedAt ?? -Infinity }
    return { memory, quiet: false, inDoubt: false }
  }
  const silentMs = sent - before.sentWhenHeard < SENT_BYTES ? 0 : nowMs - before.heardAt
  const quiet = silentMs >= QUIET_MS && nowMs - before.lookedAt >= LOOK_AGAIN_MS
  const inDoubt = silentMs >= SILENT_MS && nowMs - before.doubtedAt >= AGAIN_MS
  const memory = { ...before, ...(quiet ? { lookedAt: nowMs } : {}), ...(inDoubt ? { doubtedAt: nowMs } : {}) }
  return { memory, quiet, inDoubt }
}

export interface SendingPeer { pc: RTCPeerConnection; sender: RTCRtpSender }

/** Reads all the time what becomes of the connection on which a picture leaves. */
export class PathWatch {
  private timer = 0
  private memory: PathMemory | undefined
  private of: RTCPeerConnection | undefined

  constructor(
    private readonly sending: () => SendingPeer | undefined,
    private readonly events: { quiet(silentMs: number): void; unanswered(): void },
  ) {}

  start(): void {
    this.timer = window.setInterval(() => void this.read(), READ_EVERY_MS)
  }

  stop(): void {
    clearInterval(this.timer)
  }

  private async read(): Promise<void> {
    const sending = this.sending()
    if (sending?.pc !== this.of) this.memory = undefined
    this.of = sending?.pc
    if (!sending) return
    // A sender's own report is a tenth of the whole one, and the path is in it.
    const report = await sending.sender.getStats().catch(() => undefined)
    const path = [...(report?.values() ?? [])].find((entry: { type: string }) => entry.type === 'transport') as
      | { bytesSent?: number; bytesReceived?: number }
      | undefined
    if (path?.bytesSent === undefined || path.bytesReceived === undefined || this.of !== sending.pc) return
    const now = performance.now()
    const { memory, quiet, inDoubt } = pathStep(this.memory, { sent: path.bytesSent, received: path.bytesReceived }, now)
    this.memory = memory
    if (quiet) this.events.quiet(now - memory.heardAt)
    if (inDoubt) this.events.unanswered()
  }
}
