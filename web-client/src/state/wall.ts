export type Layout = 1 | 4 | 9

/** What the dispatcher has laid on the wall; cell numbers are tile numbers. */
export interface Wall {
  layout: Layout
  cells: (string | undefined)[]
  /** When each cell was filled, to find the one that is replaced. */
  filledAt: number[]
  focus: number
  /** Cells whose sound is on. */
  sounding: number[]
}

export function emptyWall(layout: Layout = 4): Wall {
  return { layout, cells: Array<string | undefined>(9).fill(undefined), filledAt: Array<number>(9).fill(0), focus: 0, sounding: [] }
}

/** Cells on screen: the focused one alone, or the first four or nine. */
export function visibleCells(wall: Wall): number[] {
  if (wall.layout === 1) return [wall.focus]
  return Array.from({ length: wall.layout }, (_, cell) => cell)
}

/** The cell whose picture covers more than one, the last that was filled; never the only one on screen. */
export function largeCell(wall: Wall, tiles: (unit: string) => number): number | undefined {
  if (wall.layout === 1) return undefined
  const covers = (cell: number): boolean => wall.cells[cell] !== undefined && tiles(wall.cells[cell]) > 1
  return visibleCells(wall).filter(covers).sort((a, b) => wall.filledAt[b]! - wall.filledAt[a]!)[0]
}

/** Puts a unit on the wall: where it is already, else in a free cell, else in place of the oldest. Its sound replaces the others'. */
export function show(wall: Wall, unit: string, now: number): Wall {
  const visible = visibleCells(wall)
  const there = wall.cells.indexOf(unit)
  if (there >= 0) {
    const layout = visible.includes(there) || wall.layout === 1 ? wall.layout : 9
    return { ...wall, layout, focus: there, sounding: [there] }
  }
  const free = visible.find((cell) => wall.cells[cell] === undefined)
  const oldest = [...visible].sort((a, b) => wall.filledAt[a]! - wall.filledAt[b]!)[0]!
  const cell = free ?? oldest
  const cells = [...wall.cells]
  const filledAt = [...wall.filledAt]
  cells[cell] = unit
  filledAt[cell] = now
  return { ...wall, cells, filledAt, focus: cell, sounding: [cell] }
}

export function clear(wall: Wall, cell: number): Wall {
  const cells = [...wall.cells]
  cells[cell] = undefined
  return { ...wall, cells, sounding: wall.sounding.filter((other) => other !== cell) }
}

export function toggleSound(wall: Wall, cell: number): Wall {
  const on = wall.sounding.includes(cell)
  return { ...wall, sounding: on ? wall.sounding.filter((other) => other !== cell) : [...wall.sounding, cell] }
}

export function withLayout(wall: Wall, layout: Layout): Wall {
  const next = { ...wall, layout }
  if (layout !== 1 && wall.focus >= layout) return { ...next, focus: 0 }
  // A single cell shows something if anything is on the wall at all.
  if (layout === 1 && wall.cells[wall.focus] === undefined) {
    const filled = wall.cells.findIndex((unit) => unit !== undefined)
    return { ...next, focus: filled < 0 ? 0 : filled }
  }
  return next
}

/** Which units the server is to send: tile number → unit, for the visible cells only. */
export function wanted(wall: Wall): Map<number, string> {
  const pairs = visibleCells(wall).map((cell) => [cell, wall.cells[cell]] as const)
  return new Map(pairs.filter((pair): pair is readonly [number, string] => pair[1] !== undefined))
}
