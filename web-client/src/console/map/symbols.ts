import { Icon, Style, Fill, Stroke, Text } from 'ol/style'
import type { Severity } from '@/protocol/messages'
import type { UnitMark } from '@/state/place/marks'
import type { Drawn } from './clusters'

/** The colours of tokens.css; a canvas knows no variables. */
const COLOURS = {
  available: '#63d68c', busy: '#6cb2ff', break: '#a9b8c7', stale: '#8798a9', bg: '#0b1016', text: '#e8eef4', text2: '#a9b8c7', accent: '#6cb2ff', panel: '#1a2531', line: '#5f7285',
  red: '#ff6b6b', orange: '#ffa94d', yellow: '#ffe066',
}
const FONT = '12px system-ui, "PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", sans-serif'
const SHAPES: Record<Severity, [number, number][]> = {
  red: [[8, 2], [16, 2], [22, 8], [22, 16], [16, 22], [8, 22], [2, 16], [2, 8]],
  orange: [[12, 2], [23, 21.5], [1, 21.5]],
  yellow: [[12, 1.5], [22.5, 12], [12, 22.5], [1.5, 12]],
}
/** Sixteen directions are as many as the eye tells apart at this size. */
const DIRECTIONS = 16
const MOVING = 0.8
const RATIO = 2

const icons = new Map<string, Icon>()
const styles = new Map<string, Style>()

/** How one thing looks: shape and colour together, never colour alone. */
export function styleOf(drawn: Drawn, chosen: boolean): Style {
  const [key, zIndex, paint, size] = look(drawn, chosen)
  return kept(key, () => new Style({ image: iconOf(key, size, paint), zIndex }))
}

/** The words beneath it, where there is room. */
export function labelOf(drawn: Drawn, chosen: boolean, label: string): Style {
  const [key, zIndex, , size] = look(drawn, chosen)
  const fill = new Fill({ color: key.startsWith('stale') ? COLOURS.text2 : COLOURS.text })
  return kept(`${key} ${label}`, () => new Style({ zIndex, text: new Text({ text: label, font: FONT, offsetY: size / 2 + 9, fill, stroke: new Stroke({ color: COLOURS.bg, width: 3 }) }) }))
}

function kept(key: string, make: () => Style): Style {
  let style = styles.get(key)
  if (!style) {
    if (styles.size > 4000) styles.clear()
    styles.set(key, (style = make()))
  }
  return style
}

type Paint = (pen: CanvasRenderingContext2D) => void

function look(drawn: Drawn, chosen: boolean): [string, number, Paint, number] {
  switch (drawn.kind) {
    case 'unit': {
      const { mark } = drawn
      const direction = mark.look !== 'stale' && (mark.metresPerSecond ?? 0) > MOVING && mark.headingDegrees !== undefined ? Math.round(mark.headingDegrees / (360 / DIRECTIONS)) % DIRECTIONS : -1
      return [`${mark.look} ${mark.kind === 'car' ? 'car' : 'other'} ${direction} ${mark.helps} ${mark.live} ${chosen}`, mark.helps || chosen ? 8 : mark.look === 'stale' ? 2 : 4, (pen) => paintUnit(pen, mark, direction, chosen), 36]
    }
    case 'incident':
      return [`incident ${drawn.mark.severity} ${chosen}`, chosen ? 9 : drawn.mark.severity === 'red' ? 7 : 5, (pen) => paintIncident(pen, drawn.mark.severity, chosen), 30]
    case 'units':
      return [`units ${drawn.count}`, 3, (pen) => paintUnits(pen, drawn.count), 40]
    case 'incidents':
      return [`incidents ${drawn.count} ${drawn.worst}`, 3, (pen) => paintIncidents(pen, drawn.count, drawn.worst), 40]
  }
}

/** Drawn once for every look, as a picture of `size` pixels. */
function iconOf(key: string, size: number, paint: Paint): Icon {
  let icon = icons.get(key)
  if (icon) return icon
  if (icons.size > 2000) icons.clear()
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size * RATIO
  const pen = canvas.getContext('2d')
  if (pen) {
    pen.scale(RATIO, RATIO)
    pen.translate(size / 2, size / 2)
    paint(pen)
  }
  // Marks are always drawn, and words give way to them.
  icon = new Icon({ img: canvas, scale: 1 / RATIO, declutterMode: 'obstacle' })
  icons.set(key, icon)
  return icon
}

function paintUnit(pen: CanvasRenderingContext2D, { look: state, kind, helps, live }: UnitMark, direction: number, chosen: boolean): void {
  const colour = COLOURS[state]
  if (chosen) ring(pen, 15, COLOURS.accent, 2)
  if (helps) outline(pen, SHAPES.red, 1.35, COLOURS.red)
  if (direction >= 0) arrow(pen, (direction * 2 * Math.PI) / DIRECTIONS, colour)
  pen.lineWidth = 2
  pen.strokeStyle = state === 'break' || state === 'stale' ? colour : COLOURS.bg
  pen.fillStyle = state === 'break' || state === 'stale' ? COLOURS.bg : colour
  if (state === 'stale') pen.setLineDash([3, 2.5])
  pen.beginPath()
  if (state === 'busy') pen.rect(-7, -7, 14, 14)
  else pen.arc(0, 0, 8, 0, 2 * Math.PI)
  pen.fill()
  pen.stroke()
  pen.setLineDash([])
  pen.fillStyle = state === 'break' || state === 'stale' ? colour : COLOURS.bg
  if (live) {
    pen.beginPath()
    pen.moveTo(-3, -4)
    pen.lineTo(4.5, 0)
    pen.lineTo(-3, 4)
    pen.fill()
  } else if (kind === 'car') pen.fillRect(-4, -2, 8, 4)
}

function arrow(pen: CanvasRenderingContext2D, radians: number, colour: string): void {
  pen.save()
  pen.rotate(radians)
  pen.beginPath()
  pen.moveTo(0, -16)
  pen.lineTo(5, -9)
  pen.lineTo(-5, -9)
  pen.closePath()
  pen.fillStyle = colour
  pen.fill()
  pen.restore()
}

function paintIncident(pen: CanvasRenderingContext2D, severity: Severity, chosen: boolean): void {
  if (chosen) ring(pen, 13.5, COLOURS.accent, 2)
  shape(pen, SHAPES[severity], 0.85)
  pen.fillStyle = COLOURS[severity]
  pen.strokeStyle = COLOURS.bg
  pen.lineWidth = 2
  pen.stroke()
  pen.fill()
  pen.fillStyle = COLOURS.bg
  pen.fillRect(-1.1, severity === 'orange' ? -2.5 : -5, 2.2, 6)
  pen.fillRect(-1.1, severity === 'orange' ? 4.8 : 2.8, 2.2, 2.2)
}

function paintUnits(pen: CanvasRenderingContext2D, count: number): void {
  pen.beginPath()
  pen.arc(0, 0, radius(count), 0, 2 * Math.PI)
  pen.fillStyle = COLOURS.panel
  pen.fill()
  pen.lineWidth = 2
  pen.strokeStyle = COLOURS.accent
  pen.stroke()
  number(pen, count, COLOURS.text)
}

function paintIncidents(pen: CanvasRenderingContext2D, count: number, worst: Severity): void {
  shape(pen, SHAPES[worst], 1.5)
  pen.fillStyle = COLOURS.bg
  pen.fill()
  pen.lineWidth = 2.5
  pen.strokeStyle = COLOURS[worst]
  pen.stroke()
  number(pen, count, COLOURS[worst], worst === 'orange' ? 5 : 0)
}

function radius(count: number): number {
  return count < 10 ? 12 : count < 100 ? 15 : 18
}

function number(pen: CanvasRenderingContext2D, count: number, colour: string, down = 0): void {
  pen.font = `600 ${count > 999 ? 10 : 12}px system-ui, sans-serif`
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.fillStyle = colour
  pen.fillText(String(count), 0, down + 0.5)
}

function ring(pen: CanvasRenderingContext2D, size: number, colour: string, width: number): void {
  pen.beginPath()
  pen.arc(0, 0, size, 0, 2 * Math.PI)
  pen.lineWidth = width
  pen.strokeStyle = colour
  pen.stroke()
}

function outline(pen: CanvasRenderingContext2D, points: [number, number][], scale: number, colour: string): void {
  shape(pen, points, scale)
  pen.lineWidth = 3
  pen.strokeStyle = colour
  pen.stroke()
}

function shape(pen: CanvasRenderingContext2D, points: [number, number][], scale: number): void {
  pen.beginPath()
  points.forEach(([x, y], index) => (index === 0 ? pen.moveTo((x - 12) * scale, (y - 12) * scale) : pen.lineTo((x - 12) * scale, (y - 12) * scale)))
  pen.closePath()
}
