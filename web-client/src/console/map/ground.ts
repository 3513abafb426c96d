import Feature from 'ol/Feature'
import GeoJSON from 'ol/format/GeoJSON'
import LineString from 'ol/geom/LineString'
import Point from 'ol/geom/Point'
import VectorLayer from 'ol/layer/Vector'
import { fromLonLat } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import { Circle, Fill, Stroke, Style, Text } from 'ol/style'
import type { Ground, TrackPoint } from '@/connection/map'

/** Dim: what stands on it matters more. */
const LOOKS: Record<string, Style> = {
  boundary: new Style({ stroke: new Stroke({ color: '#4a5f76', width: 1.5, lineDash: [6, 4] }), fill: new Fill({ color: 'rgba(76, 104, 134, 0.08)' }) }),
  road: new Style({ stroke: new Stroke({ color: '#3b4a5a', width: 2 }) }),
  water: new Style({ stroke: new Stroke({ color: '#234a6b', width: 2.5 }), fill: new Fill({ color: '#12283c' }) }),
  station: new Style({ image: new Circle({ radius: 3, fill: new Fill({ color: '#8798a9' }) }) }),
}
const PLAIN = new Style({ stroke: new Stroke({ color: '#3b4a5a', width: 1 }), image: new Circle({ radius: 2, fill: new Fill({ color: '#5f7285' }) }) })
const WAY = new Style({ stroke: new Stroke({ color: '#6cb2ff', width: 3 }) })
const UNDER_WAY = new Style({ stroke: new Stroke({ color: '#0b1016', width: 6 }) })
const FONT = '12px system-ui, "PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", sans-serif'

/** Boundaries, roads and places that an operator brought; all of it beneath everything else. */
export function groundLayer(ground: Ground): VectorLayer {
  const features = new GeoJSON({ featureProjection: 'EPSG:3857' }).readFeatures(ground)
  const names = new Map<string, Style>()
  return new VectorLayer({
    source: new VectorSource({ features, wrapX: false }), zIndex: -1, declutter: 'ground',
    style: (feature) => {
      const { name, kind } = feature.getProperties() as { name: string; kind: string }
      const look = LOOKS[kind] ?? PLAIN
      return name ? [look, nameOf(name, kind, names)] : look
    },
  })
}

function nameOf(name: string, kind: string, known: Map<string, Style>): Style {
  let style = known.get(name)
  if (!style) {
    const text = new Text({ text: name, font: FONT, fill: new Fill({ color: '#8798a9' }), stroke: new Stroke({ color: '#080d12', width: 3 }), offsetY: kind === 'station' ? 12 : 0, overflow: kind === 'boundary' })
    known.set(name, (style = new Style({ text })))
  }
  return style
}

/** The way that a unit took, from a ring with the time at its beginning. */
export class TrackLayer {
  private readonly source = new VectorSource({ wrapX: false })
  readonly layer = new VectorLayer({ source: this.source, zIndex: 0 })

  show(points: readonly TrackPoint[], from: string): void {
    this.source.clear(true)
    if (points.length === 0) return
    const way = points.map(({ longitude, latitude }) => fromLonLat([longitude, latitude]))
    const line = new Feature(new LineString(way))
    line.setStyle([UNDER_WAY, WAY])
    const start = new Feature(new Point(way[0]!))
    start.setStyle(new Style({
      image: new Circle({ radius: 5, stroke: new Stroke({ color: '#6cb2ff', width: 2 }), fill: new Fill({ color: '#0b1016' }) }),
      text: new Text({ text: from, font: FONT, offsetY: -15, fill: new Fill({ color: '#e8eef4' }), stroke: new Stroke({ color: '#0b1016', width: 3 }) }),
    }))
    this.source.addFeatures([line, start])
  }
}
