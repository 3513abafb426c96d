/** A drawn name as the server takes it: strokes parted by `;`, points by a blank, within 1000 × 400. */
export const WIDTH = 1000
export const HEIGHT = 400
const MOST_CHARS = 16_000
const FEWEST_POINTS = 8
const NARROWEST = 40

export type Stroke = readonly (readonly [x: number, y: number])[]

export function drawn(strokes: readonly Stroke[]): string {
  const text = strokes.map((stroke) => stroke.map(([x, y]) => `${clamped(x, WIDTH)},${clamped(y, HEIGHT)}`).join(' ')).join(';')
  return text.length <= MOST_CHARS ? text : drawn(strokes.map((stroke) => stroke.filter((_, index) => index % 2 === 0)))
}

/** Whether the server would take it for a name. */
export function isName(strokes: readonly Stroke[]): boolean {
  const all = strokes.flat()
  const across = all.map(([x]) => x)
  return all.length >= FEWEST_POINTS && Math.max(...across) - Math.min(...across) >= NARROWEST
}

/** For people who cannot draw; the paper says that it was typed. */
export function typed(name: string): string {
  return `=${name.trim()}`
}

function clamped(value: number, most: number): number {
  return Math.max(0, Math.min(most, Math.round(value)))
}
