import type { Burst } from '@/state/replay/lanes'
import { Lead, Pace } from '@/state/replay/pace'
import { keepPace } from './keep-pace'

/** Fetched so long before it is said, of the incident's time at its speed. */
const AHEAD_MS = 15_000
const KEPT = 80
/** Beyond that nobody understands a word: voices are shown and do not sound. */
const AUDIBLE_RATE = 4
const AT_ONCE = 4
/** A voice that does not come is asked for again once somebody goes back to it. */
type Sound = { url: string } | 'loading' | 'failed'

/** Lets voices sound at their moment: fetched ahead, begun anywhere within, and kept to the one clock. */
export class VoicePlayer {
  private readonly sounds = new Map<string, Sound>()
  private readonly sounding = new Map<string, { audio: HTMLAudioElement; pace: Pace }>()
  private readonly lead = new Lead()
  private loading = 0
  muted = false
  /** How many do not come. */
  failed = 0

  constructor(private readonly fetchSound: (burst: string) => Promise<Blob>) {}

  /** Called at every tick, with all bursts in the order of time. */
  update(bursts: readonly Burst[], at: number, rate: number, playing: boolean): void {
    const due = bursts.filter((burst) => burst.audio && burst.at <= at + AHEAD_MS * rate && burst.until > at)
    for (const burst of due) this.load(burst.id)
    const now = playing && rate <= AUDIBLE_RATE ? due.filter((burst) => burst.at <= at) : []
    for (const [id, { audio }] of this.sounding) if (!now.some((burst) => burst.id === id)) this.hush(id, audio)
    for (const burst of now) this.keep(burst, at, rate)
  }

  /** Which bursts sound. */
  get heard(): string[] {
    return [...this.sounding.keys()]
  }

  close(): void {
    for (const [id, { audio }] of this.sounding) this.hush(id, audio)
    for (const sound of this.sounds.values()) if (typeof sound === 'object') URL.revokeObjectURL(sound.url)
    this.sounds.clear()
  }

  private keep(burst: Burst, at: number, rate: number): void {
    const sound = this.sounds.get(burst.id)
    if (typeof sound !== 'object') return
    const wanted = at - burst.at
    const { audio, pace } = this.sounding.get(burst.id) ?? this.begin(burst.id, sound.url, wanted)
    if (audio.muted !== this.muted) audio.muted = this.muted
    keepPace(audio, pace, wanted, rate)
  }

  private begin(id: string, url: string, wanted: number): { audio: HTMLAudioElement; pace: Pace } {
    const audio = new Audio(url)
    audio.dataset.burst = id
    audio.currentTime = wanted / 1000
    void audio.play().catch(() => undefined)
    const begun = { audio, pace: new Pace(this.lead) }
    this.sounding.set(id, begun)
    return begun
  }

  private hush(id: string, audio: HTMLAudioElement): void {
    audio.pause()
    audio.removeAttribute('src')
    this.sounding.delete(id)
  }

  private load(id: string): void {
    if (this.sounds.has(id) || this.loading >= AT_ONCE) return
    this.sounds.set(id, 'loading')
    this.loading++
    this.fetchSound(id).then(
      (blob) => this.sounds.set(id, { url: URL.createObjectURL(blob) }),
      () => {
        this.sounds.set(id, 'failed')
        this.failed++
      },
    ).finally(() => {
      this.loading--
      this.forget()
    })
  }

  /** The oldest ones go first; those that sound stay. */
  private forget(): void {
    for (const [id, sound] of this.sounds) {
      if (this.sounds.size <= KEPT) return
      if (sound === 'loading' || this.sounding.has(id)) continue
      if (typeof sound === 'object') URL.revokeObjectURL(sound.url)
      this.sounds.delete(id)
    }
  }
}
