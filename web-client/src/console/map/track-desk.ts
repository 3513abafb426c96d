import { shallowRef, type ShallowRef } from 'vue'
import type { MapApi, TrackPoint } from '@/connection/map'
import { RestRefusal } from '@/connection/rest'
import type { UnitPosition } from '@/protocol/messages'

export type TrackState = { name: 'off' } | { name: 'asking' } | { name: 'on'; unit: string; points: readonly TrackPoint[] } | { name: 'refused'; code: string }

export const TRACK_MINUTES = 60

/** The way of one unit: asked for once, then it grows with what is heard of the unit. */
export class TrackDesk {
  readonly state: ShallowRef<TrackState> = shallowRef({ name: 'off' })
  private wanted: string | undefined

  constructor(private readonly api: MapApi) {}

  async follow(unit: string | undefined): Promise<void> {
    this.wanted = unit
    if (unit === undefined) return void (this.state.value = { name: 'off' })
    this.state.value = { name: 'asking' }
    try {
      const points = await this.api.track(unit, TRACK_MINUTES)
      if (this.wanted === unit) this.state.value = { name: 'on', unit, points }
    } catch (error) {
      if (this.wanted === unit) this.state.value = { name: 'refused', code: error instanceof RestRefusal ? error.code : 'internal' }
    }
  }

  /** Heard meanwhile; what is not newer says nothing. */
  heard(position: UnitPosition | undefined): void {
    const now = this.state.value
    if (now.name !== 'on' || position?.unit !== now.unit) return
    const last = now.points.at(-1)
    if (last && Date.parse(last.at) >= Date.parse(position.at)) return
    const { latitude, longitude, at } = position
    this.state.value = { ...now, points: [...now.points, { latitude, longitude, at }] }
  }
}
