import { shallowRef } from 'vue'
import { RestRefusal } from '@/connection/rest'
import type { RecordedPiece, RecordedSpan } from '@/protocol/replay'
import { Lead } from '@/state/replay/pace'
import { windowOf, type Window } from '@/state/replay/pictures'

/** A piece that is made is asked for again so often. */
const AGAIN_MS = 400
/** The next piece is made while this one plays. */
const AHEAD_MS = 30_000
const MOST = 4
const GIVE_UP = 150

/** `reason`: why there is none, as the server calls it; `node`: the address of the one that is away. */
export type Clip = { state: 'making' } | { state: 'failed'; reason: string; node?: string } | { state: 'ready'; href: string; began: number; until: number }
export interface Shown { unit: string; name: string; key: string; clip: Clip }

/** Has pieces of recorded pictures made as they are needed, and says which are to be seen now. */
export class PicturePlayer {
  readonly shown = shallowRef<Shown[]>([])
  readonly lead = new Lead()
  private readonly clips = new Map<string, Clip>()
  private closed = false

  constructor(private readonly ask: (unit: string, from: number, until: number) => Promise<RecordedPiece>, private readonly most = MOST) {}

  /** Called at every tick. `now`: the end of what has been recorded so far. */
  update(spans: readonly RecordedSpan[], at: number, now: number): void {
    const next: Shown[] = []
    for (const span of spans) {
      if (span.medium !== 'picture' || next.some(({ unit }) => unit === span.unit)) continue
      const window = windowOf(span, at, now)
      if (!window || next.length >= this.most) continue
      next.push({ unit: span.unit, name: span.name, key: window.key, clip: this.clip(span.unit, window) })
      const ahead = windowOf(span, at + AHEAD_MS, now)
      if (ahead && ahead.key !== window.key) this.clip(span.unit, ahead)
    }
    const same = next.length === this.shown.value.length && next.every((one, index) => one.key === this.shown.value[index]!.key && one.clip === this.shown.value[index]!.clip)
    if (!same) this.shown.value = next
  }

  /** What could not be had is asked for anew. */
  again(key: string): void {
    if (this.clips.get(key)?.state === 'failed') this.clips.delete(key)
  }

  close(): void {
    this.closed = true
  }

  private clip(unit: string, window: Window): Clip {
    const known = this.clips.get(window.key)
    if (known) return known
    const making: Clip = { state: 'making' }
    this.clips.set(window.key, making)
    void this.make(unit, window)
    return making
  }

  private async make(unit: string, { key, from, until }: Window): Promise<void> {
    for (let turn = 0; turn < GIVE_UP && !this.closed; turn++) {
      try {
        const { state, reason, href, began, durationMs } = await this.ask(unit, from, until)
        if (state === 'ready' && href && began) {
          const start = Date.parse(began)
          return void this.clips.set(key, { state: 'ready', href, began: start, until: start + durationMs })
        }
        if (state === 'failed') return void this.clips.set(key, { state: 'failed', reason: reason ?? '' })
      } catch (error) {
        return void this.clips.set(key, failure(error))
      }
      await new Promise((done) => setTimeout(done, AGAIN_MS))
    }
    this.clips.set(key, { state: 'failed', reason: 'slow' })
  }
}

function failure(error: unknown): Clip {
  if (!(error instanceof RestRefusal)) return { state: 'failed', reason: '' }
  const { url } = error.details
  return { state: 'failed', reason: error.code, ...(typeof url === 'string' && url ? { node: url } : {}) }
}
