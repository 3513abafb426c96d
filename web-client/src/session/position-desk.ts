import { shallowRef, type ShallowRef } from 'vue'
import type { Place } from '@/protocol/messages'
import { isDue, type Fix } from '@/state/place/position'
import type { Wiring } from './wiring'

export type PositionState = 'absent' | 'not-asked' | 'denied' | 'on' | 'no-fix'

const FRESH_MS = 60_000
/** A device that stands still says nothing new; that it stands still is news all the same. */
const REMIND_MS = 5_000

/** The terminal's place, reported where the person has allowed it. Asks for the permission only when a button says so. */
export class PositionDesk {
  readonly state: ShallowRef<PositionState> = shallowRef('absent')
  private watch: number | undefined
  private reported: Fix | undefined
  private latest: Fix | undefined
  private reminder: ReturnType<typeof setInterval> | undefined

  constructor(private readonly wiring: Wiring) {}

  /** Reports at once where that was allowed before. */
  async start(): Promise<void> {
    if (!this.device()) return
    this.state.value = 'not-asked'
    const permission = await navigator.permissions?.query({ name: 'geolocation' }).catch(() => undefined)
    if (permission?.state === 'granted') this.begin()
    if (permission?.state === 'denied') this.state.value = 'denied'
  }

  /** The person pressed the button: the browser may ask now. */
  allow(): void {
    if (this.device() && this.watch === undefined) this.begin()
  }

  stop(): void {
    if (this.watch !== undefined) this.device()?.clearWatch(this.watch)
    this.watch = undefined
    clearInterval(this.reminder)
  }

  /** There is a line (again): what was found before is said at once; a new session has heard nothing of it. */
  linkUp(resumed: boolean): void {
    if (!resumed) this.reported = undefined
    this.sayAgain()
  }

  /** Where we are, if that is known well enough to say it in a call for help. */
  get place(): Place | undefined {
    return this.latest && this.wiring.now() - this.latest.at < FRESH_MS ? this.latest.place : undefined
  }

  private begin(): void {
    this.watch = this.device()?.watchPosition(
      (position) => this.found(position),
      (error) => {
        this.state.value = error.code === error.PERMISSION_DENIED ? 'denied' : 'no-fix'
        if (error.code === error.PERMISSION_DENIED) this.stop()
      },
      { enableHighAccuracy: true, maximumAge: 1_000 },
    )
    this.reminder = setInterval(() => this.sayAgain(), REMIND_MS)
  }

  private sayAgain(): void {
    if (this.state.value === 'on' && this.latest) this.report({ ...this.latest, at: this.wiring.now() })
  }

  private found({ coords }: GeolocationPosition): void {
    this.state.value = 'on'
    const fix: Fix = {
      place: { latitude: coords.latitude, longitude: coords.longitude }, accuracyMetres: coords.accuracy, at: this.wiring.now(),
      ...(coords.speed === null || Number.isNaN(coords.speed) ? {} : { metresPerSecond: coords.speed }),
    }
    this.report(fix)
  }

  private report(fix: Fix): void {
    this.latest = fix
    if (!isDue(this.reported, fix)) return
    const { place, accuracyMetres } = fix
    // Old places are of no use to anybody: what cannot be said now is not kept.
    if (this.wiring.link.tell({ type: 'position.report', place, accuracyMetres, at: new Date(fix.at).toISOString() })) this.reported = fix
  }

  private device(): Geolocation | undefined {
    return (navigator as Navigator & { geolocation?: Geolocation }).geolocation
  }
}
