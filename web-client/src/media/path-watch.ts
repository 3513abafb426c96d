/** What has gone out and come in over a peer connection, in bytes. */
export interface PathReading { sent: number; received: number }

export interface PathMemory { received: number; sentWhenHeard: number; heardAt: number; doubtedAt: number }

/** Who gets a picture answers ten times a second: so long without a word is no pause. */
const SILENT_MS = 1_000
/** As much as a small picture: less may be our own pause. */
const SENT_BYTES = 4_000
/** A new path may take so long to come about. */
const AGAIN_MS = 4_000
const LOOK_EVERY_MS = 500

/** Whether what we send is answered by nobody any more: the network may have changed under us, and no browser says so. */
export function pathStep(before: PathMemory | undefined, { sent, received }: PathReading, nowMs: number): { memory: PathMemory; inDoubt: boolean } {
  if (!before || received !== before.received || sent < before.sentWhenHeard) {
    return { memory: { received, sentWhenHeard: sent, heardAt: nowMs, doubtedAt: before?.doubtedAt ?? -Infinity }, inDoubt: false }
  }
  const inDoubt = nowMs - before.heardAt >= SILENT_MS && sent - before.sentWhenHeard >= SENT_BYTES && nowMs - before.doubtedAt >= AGAIN_MS
  return { memory: inDoubt ? { ...before, doubtedAt: nowMs } : before, inDoubt }
}

/** Looks at the connection on which a picture leaves, twice a second. */
export class PathWatch {
  private timer = 0
  private memory: PathMemory | undefined
  private of: RTCPeerConnection | undefined

  constructor(private readonly sending: () => { pc: RTCPeerConnection; sender: RTCRtpSender } | undefined, private readonly inDoubt: () => void) {}

  start(): void {
    this.timer = window.setInterval(() => void this.look(), LOOK_EVERY_MS)
  }

  stop(): void {
    clearInterval(this.timer)
  }

  private async look(): Promise<void> {
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
    const { memory, inDoubt } = pathStep(this.memory, { sent: path.bytesSent, received: path.bytesReceived }, performance.now())
    this.memory = memory
    if (inDoubt) this.inDoubt()
  }
}
