import Feature from 'ol/Feature'
import OlMap from 'ol/Map'
import View from 'ol/View'
import { boundingExtent, containsExtent, getCenter, getHeight, getWidth, type Extent } from 'ol/extent'
import Point from 'ol/geom/Point'
import { defaults } from 'ol/interaction/defaults'
import Graticule from 'ol/layer/Graticule'
import VectorLayer from 'ol/layer/Vector'
import { fromLonLat, toLonLat, transformExtent } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import { Fill, Stroke, Text, type Style } from 'ol/style'
import type { Ground, TrackPoint } from '@/connection/map'
import type { Place } from '@/protocol/messages'
import type { IncidentMark, UnitMark } from '@/state/place/marks'
import { Clusters, type Bounds, type Drawn } from './clusters'
import { groundLayer, TrackLayer } from './ground'
import { labelOf, styleOf } from './symbols'

export interface MapHooks {
  unit(id: string): void
  incident(id: string): void
  /** A place where nothing is. */
  ground(place: Place): void
  /** Words beneath a unit or incident. */
  label(drawn: Drawn): string
}

/** Names are written while this many or fewer stand alone: more cannot be read. */
const MOST_LABELS = 30
const QUICK_MS = 140
const CLOSE_ZOOM = 15
/** The demo county's middle, where nothing is known. */
const NOWHERE: Place = { latitude: 28.37, longitude: 121.37 }
const FAINT = 'rgba(95, 114, 133, 0.35)'

/** The drawing of the map: Canvas, so that it needs no graphics card. WGS 84 outside, Mercator within. */
export class MapScene {
  private readonly clusters = new Clusters()
  private readonly source = new VectorSource<Feature<Point>>({ useSpatialIndex: false, wrapX: false })
  private readonly words = new VectorSource<Feature<Point>>({ useSpatialIndex: false, wrapX: false })
  private readonly way = new TrackLayer()
  private readonly view = new View({ center: fromLonLat([NOWHERE.longitude, NOWHERE.latitude]), zoom: 11, minZoom: 4, maxZoom: 19, enableRotation: false })
  private readonly map: OlMap
  private chosen: ReadonlySet<string> = new Set()
  /** What was drawn, somewhat wider than the window. */
  private covered: Extent | undefined
  private coveredZoom = -1
  private places: Place[] = []
  private fitted = false

  constructor(target: HTMLElement, private readonly hooks: MapHooks) {
    const quick = { updateWhileAnimating: true, updateWhileInteracting: true, renderBuffer: 60, declutter: true }
    const marks = new VectorLayer({ source: this.source, ...quick, zIndex: 2 })
    // Beneath the marks: what lies above has its place first, and among words the more urgent.
    const words = new VectorLayer({ source: this.words, ...quick, zIndex: 1 })
    this.map = new OlMap({ target, view: this.view, controls: [], interactions: defaults({ altShiftDragRotate: false, pinchRotate: false }), layers: [graticule(), this.way.layer, words, marks] })
    this.map.on('singleclick', ({ pixel }) => this.clicked(pixel))
    this.map.on('pointermove', ({ pixel, dragging }) => {
      if (!dragging) target.style.cursor = this.at(pixel) ? 'pointer' : ''
    })
    this.view.on('change', () => this.moved())
    this.map.on('change:size', () => this.moved())
  }

  /** What the operator brought to stand on; once. */
  stand(ground: Ground): void {
    if (ground.features.length > 0) this.map.addLayer(groundLayer(ground))
  }

  track(points: readonly TrackPoint[], from: string): void {
    this.way.show(points, from)
  }

  show(units: readonly UnitMark[], incidents: readonly IncidentMark[], chosen: ReadonlySet<string>): void {
    this.chosen = chosen
    this.places = [...incidents, ...units]
    this.clusters.load(units, incidents, chosen)
    this.draw()
    if (!this.fitted && this.places.length > 0) this.fit()
  }

  /** Everything that is known comes into the window. */
  fit(): void {
    if (this.places.length === 0 || !this.map.getSize()?.every((edge) => edge > 0)) return
    this.fitted = true
    const extent = boundingExtent(this.places.map(({ longitude, latitude }) => fromLonLat([longitude, latitude])))
    this.view.fit(extent, { padding: [40, 60, 50, 60], maxZoom: CLOSE_ZOOM })
  }

  zoom(by: number): void {
    this.animate({ zoom: (this.view.getZoom() ?? 11) + by })
  }

  pan(right: number, up: number): void {
    const extent = this.view.calculateExtent()
    const [x, y] = this.view.getCenter() ?? [0, 0]
    this.animate({ center: [x! + right * getWidth(extent), y! + up * getHeight(extent)] })
  }

  /** Comes to a place, closer where it was seen from far. */
  goTo({ latitude, longitude }: Place, close = true): void {
    this.fitted = true
    this.animate({ center: fromLonLat([longitude, latitude]), ...(close ? { zoom: Math.max(this.view.getZoom() ?? 0, CLOSE_ZOOM) } : {}) })
  }

  /** How many things are drawn: single ones and groups. */
  get drawn(): number {
    return this.source.getFeatures().length
  }

  resized(): void {
    this.map.updateSize()
    if (!this.fitted) this.fit()
  }

  close(): void {
    this.map.setTarget(undefined)
    this.map.dispose()
  }

  private animate(to: { zoom?: number; center?: number[] }): void {
    this.view.cancelAnimations()
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      if (to.center) this.view.setCenter(to.center)
      if (to.zoom !== undefined) this.view.setZoom(to.zoom)
    } else this.view.animate({ ...to, duration: QUICK_MS })
  }

  private moved(): void {
    const size = this.map.getSize()
    if (!size || !size.every((edge) => edge > 0)) return
    const zoomed = Math.floor(this.view.getZoom() ?? 0) !== this.coveredZoom
    if (zoomed || !this.covered || !containsExtent(this.covered, this.view.calculateExtent(size))) this.draw()
  }

  private draw(): void {
    const size = this.map.getSize()
    // Out of sight: drawn when it is seen again.
    if (!size || !size.every((edge) => edge > 0)) return void (this.covered = undefined)
    const extent = this.view.calculateExtent(size)
    const [x, y] = getCenter(extent) as [number, number]
    const [wide, high] = [getWidth(extent), getHeight(extent)]
    this.covered = [x - wide, y - high, x + wide, y + high]
    const zoom = this.view.getZoom() ?? 0
    this.coveredZoom = Math.floor(zoom)
    const drawn = this.clusters.within(transformExtent(this.covered, 'EPSG:3857', 'EPSG:4326') as Bounds, zoom)
    const single = drawn.reduce((sum, one) => sum + Number('mark' in one), 0)
    this.source.clear(true)
    this.words.clear(true)
    this.source.addFeatures(drawn.map((one) => featureOf(one, styleOf(one, this.isChosen(one)))))
    this.words.addFeatures(drawn.flatMap((one) => {
      const label = single <= MOST_LABELS || this.isChosen(one) ? this.hooks.label(one) : ''
      return label ? [featureOf(one, labelOf(one, this.isChosen(one), label))] : []
    }))
  }

  private isChosen(one: Drawn): boolean {
    return 'mark' in one && this.chosen.has(one.mark.id)
  }

  private at(pixel: number[]): Drawn | undefined {
    let best: Drawn | undefined
    this.map.forEachFeatureAtPixel(pixel, (feature) => (best = feature.get('drawn') as Drawn | undefined), { hitTolerance: 5 })
    return best
  }

  private clicked(pixel: number[]): void {
    const found = this.at(pixel)
    if (!found) {
      const [longitude, latitude] = toLonLat(this.map.getCoordinateFromPixel(pixel)) as [number, number]
      this.hooks.ground({ latitude, longitude })
    } else if (found.kind === 'unit') this.hooks.unit(found.mark.id)
    else if (found.kind === 'incident') this.hooks.incident(found.mark.id)
    else this.animate({ center: fromLonLat([found.longitude, found.latitude]), zoom: found.zoom + 0.5 })
  }
}

function featureOf(one: Drawn, style: Style): Feature<Point> {
  const { longitude, latitude } = 'mark' in one ? one.mark : one
  const feature = new Feature<Point>(new Point(fromLonLat([longitude, latitude])))
  feature.set('drawn', one, true)
  feature.setStyle(style)
  return feature
}

/** The built-in ground: lines of latitude and longitude, which no law of maps forbids and no network has to bring. */
function graticule(): Graticule {
  const words = { font: '11px system-ui, sans-serif', fill: new Fill({ color: '#8798a9' }), stroke: new Stroke({ color: '#0b1016', width: 3 }) }
  const degrees = (value: number, letters: string): string => `${Math.abs(value).toFixed(3).replace(/\.?0+$/, '')}°${letters[value < 0 ? 1 : 0]}`
  return new Graticule({
    strokeStyle: new Stroke({ color: FAINT, width: 1 }),
    showLabels: true,
    wrapX: false,
    targetSize: 140,
    intervals: [30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001],
    lonLabelFormatter: (value) => degrees(value, 'EW'),
    latLabelFormatter: (value) => degrees(value, 'NS'),
    lonLabelStyle: new Text({ ...words, textBaseline: 'top' }),
    lonLabelPosition: 1,
    latLabelStyle: new Text({ ...words, textAlign: 'end' }),
  })
}
