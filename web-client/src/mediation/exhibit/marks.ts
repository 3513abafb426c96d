import type { TableMark, ExhibitMark } from '@/protocol/messages'

/** Thousandths of a picture's side, as the server takes them. */
export const SIDE = 1000
const MOST_POINTS = 100

export type Shape = TableMark['shape']
export type Spot = readonly [x: number, y: number]

/** Where a pointer is on the picture; outside is its edge. */
export function spotAt(event: { clientX: number; clientY: number }, box: { left: number; top: number; width: number; height: number }): Spot {
  return [share(event.clientX - box.left, box.width), share(event.clientY - box.top, box.height)]
}

/** What the server is told; nothing for what is no mark yet. */
export function markOf(evidence: string, shape: Shape, spots: readonly Spot[]): ExhibitMark | undefined {
  const taken = shape === 'point' ? spots.slice(0, 1) : shape === 'box' ? [spots[0], spots[spots.length - 1]] : thinned(spots)
  const points = taken.filter((spot) => spot !== undefined)
  const fewest = shape === 'point' ? 1 : 2
  const still = shape !== 'point' && new Set(points.map(String)).size < 2
  return points.length < fewest || still ? undefined : { type: 'exhibit.mark', evidence, shape, points: points.map(([x, y]) => `${x},${y}`).join(' ') }
}

/** A mark as the path of an SVG that is 1000 × 1000. */
export function pathOf({ shape, points }: Pick<TableMark, 'shape' | 'points'>): string {
  const spots = points.split(' ').map((pair) => pair.split(',').map(Number) as [number, number])
  const [first, last] = [spots[0], spots[spots.length - 1]]
  if (!first || !last) return ''
  if (shape === 'box') return `M${first[0]} ${first[1]}H${last[0]}V${last[1]}H${first[0]}Z`
  // A line of no length has round ends, and is a dot whatever the picture's form.
  return shape === 'point' ? `M${first[0]} ${first[1]}h0.01` : `M${spots.map(([x, y]) => `${x} ${y}`).join('L')}`
}

/** By an arrow key, a step or, with Shift, a large one. */
export function moved([x, y]: Spot, key: string, far: boolean): Spot | undefined {
  const step = far ? 100 : 20
  const ways: Record<string, Spot> = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }
  const way = ways[key]
  return way && [clamped(x + way[0]), clamped(y + way[1])]
}

function thinned(spots: readonly Spot[]): readonly Spot[] {
  return spots.length <= MOST_POINTS ? spots : thinned(spots.filter((_, index) => index % 2 === 0 || index === spots.length - 1))
}

function share(at: number, of: number): number {
  return clamped(Math.round((at / of) * SIDE))
}

function clamped(value: number): number {
  return Math.max(0, Math.min(SIDE, value))
}
