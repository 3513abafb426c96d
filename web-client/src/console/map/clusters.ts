import Supercluster from 'supercluster'
import type { Severity } from '@/protocol/messages'
import type { IncidentMark, UnitMark } from '@/state/place/marks'

/** West, south, east, north in degrees. */
export type Bounds = [number, number, number, number]

export type Drawn =
  | { kind: 'unit'; mark: UnitMark }
  | { kind: 'incident'; mark: IncidentMark }
  /** `zoom`: where it falls apart. */
  | { kind: 'units'; count: number; latitude: number; longitude: number; zoom: number }
  | { kind: 'incidents'; count: number; worst: Severity; latitude: number; longitude: number; zoom: number }

const OPTIONS = { radius: 46, extent: 256, maxZoom: 16, minPoints: 3 }
const RANK: Record<Severity, number> = { red: 0, orange: 1, yellow: 2 }
const NEVER_BEYOND = 18

interface Sum { worst: number }

/** Puts together what would lie over each other. Red is never grouped away, nor who calls for help, nor what is chosen. */
export class Clusters {
  private readonly units = new Supercluster<{ mark: UnitMark }, object>(OPTIONS)
  private readonly incidents = new Supercluster<{ mark: IncidentMark }, Sum>({
    ...OPTIONS,
    map: ({ mark }) => ({ worst: RANK[mark.severity] }),
    reduce: (sum, more) => void (sum.worst = Math.min(sum.worst, more.worst)),
  })
  private alone: Drawn[] = []

  load(units: readonly UnitMark[], incidents: readonly IncidentMark[], chosen: ReadonlySet<string>): void {
    const single = (mark: UnitMark): boolean => mark.helps || chosen.has(mark.id)
    const singleIncident = (mark: IncidentMark): boolean => mark.severity === 'red' || chosen.has(mark.id)
    this.units.load(units.filter((mark) => !single(mark)).map(feature))
    this.incidents.load(incidents.filter((mark) => !singleIncident(mark)).map(feature))
    this.alone = [
      ...units.filter(single).map((mark) => ({ kind: 'unit', mark }) as const),
      ...incidents.filter(singleIncident).map((mark) => ({ kind: 'incident', mark }) as const),
    ]
  }

  within(bounds: Bounds, zoom: number): Drawn[] {
    const level = Math.max(0, Math.floor(zoom))
    const drawn: Drawn[] = this.units.getClusters(bounds, level).map(({ geometry, properties }): Drawn => {
      if (!('cluster' in properties)) return { kind: 'unit', mark: properties.mark }
      const [longitude, latitude] = geometry.coordinates as [number, number]
      return { kind: 'units', count: properties.point_count, longitude, latitude, zoom: this.zoomOf(this.units, properties.cluster_id) }
    })
    for (const { geometry, properties } of this.incidents.getClusters(bounds, level)) {
      const [longitude, latitude] = geometry.coordinates as [number, number]
      if (!('cluster' in properties)) drawn.push({ kind: 'incident', mark: properties.mark })
      else drawn.push({ kind: 'incidents', count: properties.point_count, worst: severityOf(properties.worst), longitude, latitude, zoom: this.zoomOf(this.incidents, properties.cluster_id) })
    }
    const [west, south, east, north] = bounds
    return drawn.concat(this.alone.filter((one) => 'mark' in one && one.mark.longitude >= west && one.mark.longitude <= east && one.mark.latitude >= south && one.mark.latitude <= north))
  }

  private zoomOf(index: { getClusterExpansionZoom(id: number): number }, id: number): number {
    return Math.min(index.getClusterExpansionZoom(id), NEVER_BEYOND)
  }
}

function severityOf(rank: number): Severity {
  return (['red', 'orange', 'yellow'] as const)[rank] ?? 'yellow'
}

function feature<M extends { longitude: number; latitude: number }>(mark: M) {
  return { type: 'Feature' as const, properties: { mark }, geometry: { type: 'Point' as const, coordinates: [mark.longitude, mark.latitude] } }
}
