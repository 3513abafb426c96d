import { expect, it } from 'vitest'
import type { MapApi, TrackPoint } from '@/connection/map'
import { RestRefusal } from '@/connection/rest'
import { TrackDesk } from './track-desk'

const point = (second: number): TrackPoint => ({ latitude: 28.4, longitude: 121.4 + second / 1000, at: `2026-11-29T04:00:${String(second).padStart(2, '0')}Z` })
const api = (track: MapApi['track']): MapApi => ({ track }) as MapApi

it('the way of a unit grows with what is heard of that unit, and of no other', async () => {
  const desk = new TrackDesk(api(() => Promise.resolve([point(1), point(2)])))
  await desk.follow('car1')
  desk.heard({ unit: 'car1', ...point(2) })
  desk.heard({ unit: 'car2', ...point(9) })
  desk.heard({ unit: 'car1', ...point(3) })
  expect(desk.state.value).toMatchObject({ name: 'on', unit: 'car1', points: [point(1), point(2), point(3)] })
})

it('an answer that comes when another one is followed is not shown', async () => {
  let answer: (points: TrackPoint[]) => void = () => {}
  const desk = new TrackDesk(api((unit) => (unit === 'car1' ? new Promise((resolve) => (answer = resolve)) : Promise.resolve([point(5)]))))
  const first = desk.follow('car1')
  await desk.follow('car2')
  answer([point(1)])
  await first
  expect(desk.state.value).toMatchObject({ unit: 'car2' })
  await desk.follow(undefined)
  expect(desk.state.value).toEqual({ name: 'off' })
})

it('a refusal is said', async () => {
  const desk = new TrackDesk(api(() => Promise.reject(new RestRefusal('not-allowed', 403))))
  await desk.follow('car1')
  expect(desk.state.value).toEqual({ name: 'refused', code: 'not-allowed' })
})
