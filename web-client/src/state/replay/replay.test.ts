import { describe, expect, it } from 'vitest'
import type { TimelineEntry } from '@/protocol/incidents'
import type { Replay } from '@/protocol/replay'
import { beatsOf, isSeen, lanesOf, neighbour, reached, skipped, spanOf } from './lanes'
import { begun, faster, looped, positionOf, rated, sought, ticked, toggled, unlooped } from './playhead'
import { windowOf } from './pictures'
import { onSheet, seenSpans, sheetOf, spotAt, waysOf } from './ways'

const span = { from: 1000, until: 101_000 }
const REPLAY: Replay = {
  now: '2026-11-29T04:00:00Z', from: '2026-11-29T02:00:00Z', until: '2026-11-29T03:00:00Z', live: false, follows: true, marks: true,
  units: [{ id: 'car1', name: '巡1', kind: 'car' }], calls: [{ id: 'g1', name: '东片' }],
  alerts: [{ id: 'a', unit: 'car1', tier: 'red', at: '2026-11-29T02:10:00Z', endedAt: '2026-11-29T02:12:00Z' }],
}
const minute = (n: number): string => new Date(Date.parse(REPLAY.from) + n * 60_000).toISOString()
const LINES: TimelineEntry[] = [
  { at: minute(0), kind: 'opened' }, { at: minute(1), kind: 'burst', who: '张三', details: { burst: 'b1', call: 'g1', durationMs: '4000', audio: 'true', unit: 'car1' } },
  { at: minute(2), kind: 'order', details: { order: 'o' } }, { at: minute(3), kind: 'orderStep', details: { step: 'accepted' } }, { at: minute(59), kind: 'close' }, { at: minute(500), kind: 'reviewMarked' },
]
const told = { replay: REPLAY, lines: LINES, evidence: [], marks: [{ id: 'm', at: minute(2), kind: 'finding' as const, text: 'x', by: 'y', writtenAt: minute(90), own: true }], recordings: [{ unit: 'car1', name: '巡1', medium: 'picture' as const, from: '2026-11-29T02:05:00Z', until: '2026-11-29T02:30:00Z', complete: true }, { unit: 'car1', name: '巡1', medium: 'sound' as const, from: '2026-11-29T02:05:00Z', complete: true }] }

describe('the playhead', () => {
  it('goes on with the clock, at its speed, and stands still at the end', () => {
    let head = toggled(begun(1000, 0), 0, span)
    expect(positionOf(head, 2000, span)).toBe(3000)
    head = rated(head, 16, 2000, span)
    expect(positionOf(head, 3000, span)).toBe(19_000)
    expect(ticked(head, 3000, span)).toBe(head)
    const over = ticked(head, 60_000, span)
    expect([over.playing, over.at]).toEqual([false, 101_000])
    expect(toggled(over, 60_000, span).at).toBe(1000) // and from the end it begins anew
  })

  it('is set within the span only, and its speed stays', () => {
    const head = sought(faster(begun(1000, 0), 1, 0, span), 999_999, 5, span)
    expect([head.at, head.rate]).toEqual([101_000, 2])
    expect(sought(head, -5, 5, span).at).toBe(1000)
    expect(faster(faster(begun(0, 0), -1, 0, span), -1, 0, span).rate).toBe(1)
  })

  it('plays a loop again and again, and no loop of a blink', () => {
    const head = looped(toggled(begun(5000, 0), 0, span), 5000, 7000, 0, span)
    expect(positionOf(head, 1999, span)).toBe(6999)
    expect(positionOf(head, 5000, span)).toBe(6000)
    expect(unlooped(head, 5000, span)).toMatchObject({ at: 6000, loop: undefined })
    expect(looped(begun(5000, 0), 5000, 5500, 0, span).loop).toBeUndefined()
  })
})

describe('the lanes', () => {
  it('sort what was told by what it is, on one clock', () => {
    const lanes = lanesOf(told)
    expect(lanes.map(({ id, beats }) => [id, beats.length])).toEqual([['steps', 2], ['alerts', 1], ['voice-g1', 1], ['orders', 2], ['marks', 1], ['pictures-car1', 1]])
    expect(lanes[2]!.name).toBe('东片')
    expect(lanes[2]!.beats[0]!.until - lanes[2]!.beats[0]!.at).toBe(4000)
  })

  it('span the incident, and not the review of it', () => {
    expect(spanOf(told)).toEqual({ from: Date.parse(REPLAY.from), until: Date.parse(REPLAY.until) })
    expect(spanOf({ ...told, lines: [] }).until).toBe(Date.parse(REPLAY.until))
  })

  it('lead from event to event, and over what is silent', () => {
    const beats = beatsOf(lanesOf(told))
    expect(reached(beats, Date.parse(minute(0)) - 1)).toBe(-1)
    expect(reached(beats, Date.parse(minute(1)))).toBe(1)
    expect(neighbour(beats, Date.parse(minute(1)), 1)).toBe(Date.parse(minute(2)))
    expect(neighbour(beats, Date.parse(minute(1)), -1)).toBe(Date.parse(minute(0)))
    expect(neighbour(beats, Date.parse(minute(59)), 1)).toBeUndefined()
    expect(skipped(beats, Date.parse(minute(20)))).toBe(Date.parse(minute(59)) - 3000)
    expect(skipped(beats, Date.parse(minute(2)))).toBeUndefined()
    expect(skipped(beats, Date.parse(minute(59)))).toBeUndefined()
  })
})

describe('recorded pictures', () => {
  const [span] = told.recordings
  const at = (n: number): number => Date.parse(minute(n))

  it('are fetched in pieces of ten minutes, the last one shorter', () => {
    expect(windowOf(span!, at(4), at(60))).toBeUndefined()
    expect(windowOf(span!, at(5), at(60))).toMatchObject({ from: at(5), until: at(15) })
    expect(windowOf(span!, at(29), at(60))).toMatchObject({ from: at(25), until: at(30) })
    expect(windowOf(span!, at(30), at(60))).toBeUndefined()
  })

  it('are fetched as far as they are while they go on', () => {
    const live = { ...span!, until: undefined }
    expect(windowOf(live, at(5), at(5) + 5000)).toMatchObject({ from: at(5), until: at(5) + 5000 })
    expect(windowOf(live, at(6), at(60))).toMatchObject({ from: at(6), until: at(6) + 30_000 })
    expect(isSeen([span!], at(6))).toBe(true)
    expect(isSeen([span!], at(31))).toBe(false)
  })
})

describe('the ways', () => {
  const ways = waysOf([{ unit: 'car1', from: minute(0), until: minute(1), points: '0,28400000,121400000 10000,100,-50 50000,100,50' }, { unit: 'car1', from: minute(1), until: minute(1), points: '0,28400200,121400000' }])
  const way = ways.get('car1')!

  it('are put together without saying a point twice', () => expect(way.at).toHaveLength(3))

  it('say where a unit was between two points, and nothing between two far apart', () => {
    const from = Date.parse(minute(0))
    expect(spotAt(way, from - 1)).toBeUndefined()
    const between = spotAt(way, from + 5000)!
    expect([between.latitude.toFixed(6), between.longitude.toFixed(6), between.ageMs]).toEqual(['28.400050', '121.399975', 0])
    expect(spotAt(way, from + 30_000)).toEqual({ latitude: 28.4001, longitude: 121.39995, ageMs: 20_000 })
    expect(spotAt(way, from + 90_000)!.ageMs).toBe(30_000)
    expect(seenSpans(way, 20_000)).toEqual([[from, from + 10_000], [from + 60_000, from + 60_000]])
  })

  it('lie on a sheet that holds all of them', () => {
    expect(sheetOf([])).toBeUndefined()
    const sheet = sheetOf([{ latitude: 28.4, longitude: 121.4 }, { latitude: 28.41, longitude: 121.42 }])!
    const [x, y] = onSheet(sheet, 28.405, 121.41)
    expect(Math.hypot(x - sheet.wide / 2, y - sheet.high / 2)).toBeLessThan(0.5)
    expect(onSheet(sheet, 28.41, 121.4)[1]).toBeGreaterThan(0)
  })
})
