import { describe, expect, it } from 'vitest'
import { clear, emptyWall, largeCell, show, toggleSound, visibleCells, wanted, withLayout } from './wall'

const filled = (...units: string[]) => units.reduce((wall, unit, at) => show(wall, unit, at), emptyWall(4))

describe('the wall', () => {
  it('fills free cells in order and gives the newest picture the sound', () => {
    const wall = filled('a', 'b')
    expect(wall.cells.slice(0, 4)).toEqual(['a', 'b', undefined, undefined])
    expect(wall.focus).toBe(1)
    expect(wall.sounding).toEqual([1])
  })

  it('shows no unit twice', () => {
    const wall = show(filled('a', 'b'), 'a', 9)
    expect(wall.cells.filter((unit) => unit === 'a')).toHaveLength(1)
    expect(wall.focus).toBe(0)
  })

  it('replaces the oldest picture when it is full', () => {
    expect(show(filled('a', 'b', 'c', 'd'), 'e', 9).cells.slice(0, 4)).toEqual(['e', 'b', 'c', 'd'])
  })

  it('asks the server for visible cells only', () => {
    const wall = withLayout(filled('a', 'b', 'c'), 1)
    expect(visibleCells(wall)).toEqual([2])
    expect([...wanted(wall)]).toEqual([[2, 'c']])
    expect([...wanted(withLayout(wall, 9))]).toEqual([[0, 'a'], [1, 'b'], [2, 'c']])
  })

  it('shows something in a single cell if anything is on the wall', () => {
    const wall = withLayout(clear(filled('a', 'b'), 1), 1)
    expect([...wanted(wall)]).toEqual([[0, 'a']])
  })

  it('makes one picture of a grave matter larger, the newest, and never the only one on screen', () => {
    const tiles = (unit: string): number => (unit === 'b' || unit === 'c' ? 4 : 1)
    expect(largeCell(filled('a', 'b'), tiles)).toBe(1)
    expect(largeCell(filled('a', 'b', 'c'), tiles)).toBe(2)
    expect(largeCell(filled('a'), tiles)).toBeUndefined()
    expect(largeCell(withLayout(filled('a', 'b'), 1), tiles)).toBeUndefined()
  })

  it('forgets the sound of a picture that is closed', () => {
    expect(clear(filled('a'), 0).sounding).toEqual([])
    expect(toggleSound(filled('a', 'b'), 0).sounding).toEqual([1, 0])
  })
})
