import type { Place } from '@/protocol/messages'
import { ask } from './rest'

/** GeoJSON (RFC 7946) as the node serves it: WGS 84, with `name` and `kind` of each feature. */
export interface Ground { type: 'FeatureCollection'; features: { type: 'Feature'; properties: { name: string; kind: string }; geometry: object }[] }

export interface TrackPoint extends Place { at: string }

/** What the map asks for over REST, with the person's own rights. */
export class MapApi {
  constructor(private readonly origin: () => string, private readonly token: string) {}

  ground(): Promise<Ground> {
    return ask(this.origin(), this.token, 'GET', '/api/map/ground')
  }

  /** The way that a unit took, the oldest point first. */
  async track(unit: string, minutes: number): Promise<TrackPoint[]> {
    const { points } = await ask<{ points: TrackPoint[] }>(this.origin(), this.token, 'GET', `/api/units/${encodeURIComponent(unit)}/track?minutes=${minutes}`)
    return points
  }
}
