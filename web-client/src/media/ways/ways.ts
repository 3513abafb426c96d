import type { Bound } from '../sections'
import type { SectionStats } from '../stats'
import { addressesIn, windowOfNow, type PeerWindow } from './networks'
import { pathStep, readPath, type PathMemory } from './path-watch'

/** Whose ways these are. */
export interface Traveller {
  now(): { pc: RTCPeerConnection | undefined; bound: readonly Bound[]; films: boolean; received: Iterable<SectionStats> }
  /** A connection made in this window finds a way that the present one cannot take. */
  replace(home: PeerWindow): void
  /** It was replaced because nothing had come for so long, though it should. */
  moved(silentMs: number): void
  /** Nothing has come for longer than any pause, or what asks for an answer gets none; and no other network is seen. */
  unanswered(): void
}

/** Who sends is answered all the time; who looks on notices later anyway. */
const READ_SENDER_MS = 150
const READ_LOOKER_MS = 450
/** Nothing has come for so long: a handheld that waits for the next talk. */
const IDLE_AFTER_MS = 10_000
const READ_IDLE_MS = 2_000

/** Whether the ways of a peer connection lead anywhere. Loaded while there still is a network. */
export class Ways {
  private timer: ReturnType<typeof setTimeout> | undefined
  private memory: PathMemory | undefined
  private of: RTCPeerConnection | undefined
  /** What came most of, when anything came last. */
  private busiest: string | undefined
  private looking: Promise<boolean> | undefined

  constructor(private readonly traveller: Traveller, private readonly lookFrom = windowOfNow) {
    this.next()
  }

  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }

  /** @param entries of any report in which the path is */
  read(pc: RTCPeerConnection, entries: Iterable<unknown>): void {
    const reading = readPath(entries)
    if (!reading) return
    if (this.of !== pc) this.memory = this.busiest = undefined
    this.of = pc
    const now = performance.now()
    const { memory, quiet, inDoubt } = pathStep(this.memory, reading, this.traveller.now().films, now)
    this.memory = memory
    if (quiet || inDoubt) void this.explain(now - memory.heardAt, inDoubt)
  }

  /**
   * Who asks while somebody else's look goes on gets the same answer.
   * @return whether the connection is replaced, by a way that it could not take
   */
  lookAround(): Promise<boolean> {
    return (this.looking ??= this.look().finally(() => (this.looking = undefined)))
  }

  private async look(): Promise<boolean> {
    const { pc } = this.traveller.now()
    if (!pc || !navigator.onLine) return false
    const home = await this.lookFrom(addressesIn(pc.localDescription?.sdp ?? ''))
    if (!home) return false
    const late = this.traveller.now().pc !== pc
    if (late) home.close()
    else this.traveller.replace(home)
    return !late
  }

  /** Nothing has come for so long, though it should: it is looked for another network. */
  async explain(silentMs: number, inDoubt: boolean): Promise<void> {
    if (await this.lookAround()) this.traveller.moved(silentMs)
    else if (inDoubt) this.traveller.unanswered()
  }

  private next(): void {
    const idle = performance.now() - (this.memory?.heardAt ?? 0) > IDLE_AFTER_MS
    const everyMs = this.traveller.now().films ? READ_SENDER_MS : idle ? READ_IDLE_MS : READ_LOOKER_MS
    this.timer = setTimeout(() => void this.watch(), everyMs)
  }

  private async watch(): Promise<void> {
    const { pc } = this.traveller.now()
    const report = pc?.connectionState === 'connected' ? await this.watched()?.getStats().catch(() => undefined) : undefined
    if (this.timer === undefined) return
    if (pc && report && pc === this.traveller.now().pc) this.read(pc, report.values())
    this.next()
  }

  /** What leaves or comes: a report of that alone is a tenth of the whole one, and the path is in it. */
  private watched(): RTCRtpSender | RTCRtpReceiver | undefined {
    const { bound, films, received } = this.traveller.now()
    if (films) return bound.find(({ use }) => use === 'camera')?.transceiver.sender
    const [most] = [...received].filter(({ kbps }) => kbps > 0).sort((one, other) => other.kbps - one.kbps)
    this.busiest = most?.mid ?? this.busiest
    return bound.find(({ transceiver }) => transceiver.mid === this.busiest)?.transceiver.receiver
  }
}
