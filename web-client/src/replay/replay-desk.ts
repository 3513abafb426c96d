import { computed, shallowRef, triggerRef } from 'vue'
import type { ReplaySource } from '@/connection/replay'
import type { Ground } from '@/connection/map'
import { newId } from '@/connection/new-id'
import { RestRefusal } from '@/connection/rest'
import type { MarkKind, WayPiece } from '@/protocol/replay'
import { beatsOf, isSeen, lanesOf, neighbour, skipped, spanOf, type Burst, type Told } from '@/state/replay/lanes'
import { begun, faster, looped, positionOf, rated, sought, ticked, toggled, unlooped, type Playhead, type Span } from '@/state/replay/playhead'
import { waysOf } from '@/state/replay/ways'
import { PicturePlayer } from './picture-player'
import { VoicePlayer } from './voice-player'

/** The page looks at its clock so often while it plays. */
const TICK_MS = 50
/** What goes on is asked for again so often. */
const LIVE_EVERY_MS = 10_000
const WAYS_MS = 6 * 3_600_000
const NOTHING: Told = { replay: { now: '', from: '', until: '', live: false, follows: false, marks: false, units: [], calls: [], alerts: [] }, lines: [], evidence: [], marks: [], recordings: [] }

/** One incident or mediation on one clock: what was told of it, where the replay is, and the voices that sound. */
export class ReplayDesk {
  readonly told = shallowRef<Told>(NOTHING)
  /** All of it was told. */
  readonly ready = shallowRef(false)
  readonly trouble = shallowRef('')
  readonly ground = shallowRef<Ground>()
  readonly waysTrouble = shallowRef(false)
  readonly head = shallowRef<Playhead>(begun(0, 0))
  readonly at = shallowRef(0)
  /** What of the time is on the screen. */
  readonly view = shallowRef<Span>({ from: 0, until: 1 })
  readonly skips = shallowRef(true)
  readonly muted = shallowRef(false)
  readonly soundTrouble = shallowRef(0)
  readonly lanes = computed(() => lanesOf(this.told.value))
  readonly beats = computed(() => beatsOf(this.lanes.value))
  readonly span = computed(() => spanOf(this.told.value))
  readonly bursts = computed<Burst[]>(() => this.beats.value.flatMap(({ burst }) => (burst ? [burst] : [])))
  readonly ways = computed(() => waysOf([...this.pieces.value.values()].flat()))
  /** By the hours that they were asked for. */
  private readonly pieces = shallowRef(new Map<number, WayPiece[]>())
  private readonly asked = new Set<number>()
  readonly pictures: PicturePlayer
  private readonly player: VoicePlayer
  private timer: ReturnType<typeof setInterval> | undefined
  private liveTimer: ReturnType<typeof setInterval> | undefined

  /** `named`: what else the page asks for before anything is shown; `most` pictures at once. */
  constructor(private readonly api: ReplaySource, private readonly id: string, private readonly named: () => Promise<void>, most?: number, private readonly now: () => number = () => performance.now()) {
    this.player = new VoicePlayer((burst) => api.sound(burst))
    this.pictures = new PicturePlayer((unit, from, until) => api.piece(id, unit, from, until), most)
  }

  async open(): Promise<void> {
    this.fetchSlot(0, this.api.firstWays(this.id))
    try {
      const [told] = await Promise.all([this.ask(), this.named()])
      this.told.value = told
      this.ready.value = true
    } catch (error) {
      this.trouble.value = error instanceof RestRefusal ? error.code : 'internal'
      return
    }
    this.head.value = begun(this.span.value.from, this.now())
    this.at.value = this.span.value.from
    this.view.value = this.span.value
    this.timer = setInterval(() => this.tick(), TICK_MS)
    if (this.told.value.replay.live) this.liveTimer = setInterval(() => void this.again(), LIVE_EVERY_MS)
    this.tick()
    void this.api.ground().then((ground) => (this.ground.value = ground)).catch(() => undefined)
  }

  close(): void {
    clearInterval(this.timer)
    clearInterval(this.liveTimer)
    this.player.close()
    this.pictures.close()
  }

  private async ask(): Promise<Told> {
    const { api, id } = this
    const [replay, lines, evidence, marks, recordings] = await Promise.all([api.replay(id), api.lines(id), api.evidence(id), api.marks(id), api.recordings(id)])
    return { replay, lines, evidence, marks, recordings }
  }

  /** What has happened since: whoever stands at the end is taken along. */
  async again(): Promise<void> {
    try {
      const whole = this.view.value.until >= this.span.value.until
      this.told.value = await this.ask()
      if (whole) this.view.value = { from: this.view.value.from, until: this.span.value.until }
      this.asked.clear() // the last hours have grown
      this.fetchWays()
      if (!this.told.value.replay.live) clearInterval(this.liveTimer)
    } catch {
      // what is shown stays; it is asked for again
    }
  }

  private tick(): void {
    const now = this.now()
    const next = ticked(this.head.value, now, this.span.value)
    if (next !== this.head.value) this.head.value = next
    let at = positionOf(this.head.value, now, this.span.value)
    if (next.playing && this.skips.value && !next.loop && !isSeen(this.told.value.recordings, at)) {
      const on = skipped(this.beats.value, at)
      if (on !== undefined) {
        this.seek(on)
        at = on
      }
    }
    if (this.at.value !== at) this.at.value = at
    this.player.update(this.bursts.value, at, next.rate, next.playing)
    if (this.soundTrouble.value !== this.player.failed) this.soundTrouble.value = this.player.failed
    this.pictures.update(this.told.value.recordings, at, this.span.value.until)
    this.follow(at)
    this.fetchWays()
  }

  /** What plays stays on the screen. */
  private follow(at: number): void {
    const { from, until } = this.view.value
    if (at >= from && at <= until) return
    const half = (until - from) / 2
    this.look(at - half, at + half)
  }

  private fetchWays(): void {
    const { replay } = this.told.value
    if (!replay.follows || replay.units.length === 0) return
    const slot = Math.max(0, Math.floor((this.at.value - Date.parse(replay.from)) / WAYS_MS))
    if (this.asked.has(slot)) return
    const from = Date.parse(replay.from) + slot * WAYS_MS
    this.fetchSlot(slot, this.api.ways(this.id, from, from + WAYS_MS))
  }

  private fetchSlot(slot: number, pieces: Promise<WayPiece[]>): void {
    this.asked.add(slot)
    pieces.then(
      (told) => {
        this.pieces.value.set(slot, told)
        triggerRef(this.pieces)
        this.waysTrouble.value = false
      },
      () => (this.waysTrouble.value = true),
    )
  }

  seek(to: number): void {
    if (this.waysTrouble.value) this.asked.clear() // who goes on asks again
    this.head.value = sought(this.head.value, to, this.now(), this.span.value)
    this.at.value = this.head.value.at
    this.follow(this.at.value)
    this.player.update(this.bursts.value, this.at.value, this.head.value.rate, this.head.value.playing)
  }

  move(byMs: number): void {
    this.seek(this.at.value + byMs)
  }

  event(by: 1 | -1): void {
    const to = neighbour(this.beats.value, this.at.value, by)
    if (to !== undefined) this.seek(to)
  }

  toggle(): void {
    this.head.value = toggled(this.head.value, this.now(), this.span.value)
    this.tick()
  }

  rate(rate: number): void {
    this.head.value = rated(this.head.value, rate, this.now(), this.span.value)
  }

  faster(by: 1 | -1): void {
    this.head.value = faster(this.head.value, by, this.now(), this.span.value)
  }

  loop(from: number, until: number): void {
    this.head.value = looped(this.head.value, from, until, this.now(), this.span.value)
  }

  unloop(): void {
    this.head.value = unlooped(this.head.value, this.now(), this.span.value)
  }

  mute(): void {
    this.muted.value = this.player.muted = !this.muted.value
  }

  /** At least ten seconds, at most all of it. */
  look(from: number, until: number): void {
    const span = this.span.value
    const length = Math.min(span.until - span.from, Math.max(10_000, until - from))
    const first = Math.max(span.from, Math.min(span.until - length, from))
    this.view.value = { from: first, until: first + length }
  }

  /** About the place where it plays. */
  zoom(by: number): void {
    const { from, until } = this.view.value
    const at = Math.max(from, Math.min(until, this.at.value))
    this.look(at - (at - from) * by, at + (until - at) * by)
  }

  /** @throws RestRefusal */
  async mark(kind: MarkKind, text: string, at: number): Promise<void> {
    await this.api.mark(this.id, { clientId: newId(), at: new Date(at).toISOString(), kind, text })
    await this.marked()
  }

  async unmark(mark: string): Promise<void> {
    await this.api.unmark(this.id, mark)
    await this.marked()
  }

  private async marked(): Promise<void> {
    this.told.value = { ...this.told.value, marks: await this.api.marks(this.id) }
  }
}
