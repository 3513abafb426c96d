import { shallowRef, type ShallowRef } from 'vue'
import type { Burst } from '@/protocol/messages'
import type { Wiring } from './wiring'

export type Playing = { name: 'none' } | { name: 'loading' | 'playing' | 'failed'; burst: string }

/** Fetches what was said with the person's own rights, and plays it when somebody wants to hear it. */
export class BurstDesk {
  readonly playing: ShallowRef<Playing> = shallowRef({ name: 'none' })
  private audio: HTMLAudioElement | undefined
  private url: string | undefined
  private turn = 0

  constructor(private readonly wiring: Wiring, private readonly token: string) {}

  async play(burst: string): Promise<void> {
    this.halt()
    const turn = this.turn
    this.playing.value = { name: 'loading', burst }
    try {
      const response = await fetch(`${this.wiring.link.at}/api/bursts/${encodeURIComponent(burst)}/audio`, { headers: this.headers() })
      if (!response.ok) throw new Error(String(response.status))
      const sound = await response.blob()
      if (turn !== this.turn) return
      this.url = URL.createObjectURL(sound)
      this.audio = new Audio(this.url)
      this.audio.onended = () => this.halt()
      this.audio.onerror = () => turn === this.turn && this.broke(burst)
      await this.audio.play()
      if (turn !== this.turn) return
      this.playing.value = { name: 'playing', burst }
      this.heard([burst])
    } catch {
      if (turn === this.turn) this.broke(burst)
    }
  }

  /** The last talks of a group or call, from before this page was opened as well. */
  async look(call: string, most: number): Promise<void> {
    try {
      const response = await fetch(`${this.wiring.link.at}/api/bursts?call=${encodeURIComponent(call)}&limit=${most}`, { headers: this.headers(), cache: 'no-store' })
      if (!response.ok) return
      const { bursts } = (await response.json()) as { bursts: Burst[] }
      this.wiring.apply({ type: 'local.bursts-found', bursts })
    } catch {
      // Without them the list shows what was said since the page is open.
    }
  }

  halt(): void {
    this.turn++
    this.audio?.pause()
    this.audio = undefined
    if (this.url) URL.revokeObjectURL(this.url)
    this.url = undefined
    this.playing.value = { name: 'none' }
  }

  /** Not missed any more. */
  heard(bursts: readonly string[]): void {
    const open = this.wiring.model().bursts.filter(({ id, heard }) => bursts.includes(id) && !heard).map(({ id }) => id)
    this.wiring.apply({ type: 'local.heard', bursts: open })
    for (let from = 0; from < open.length; from += 50) {
      this.wiring.link.keep({ type: 'burst.heard', bursts: open.slice(from, from + 50) }).catch((error: unknown) => this.wiring.failed('heard', error))
    }
  }

  private headers(): Record<string, string> {
    return { Authorization: `Bearer ${this.token}` }
  }

  private broke(burst: string): void {
    this.halt()
    this.playing.value = { name: 'failed', burst }
  }
}
