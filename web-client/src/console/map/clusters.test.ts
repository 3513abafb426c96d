import { expect, it } from 'vitest'
import type { IncidentMark, UnitMark } from '@/state/place/marks'
import { Clusters, type Bounds } from './clusters'

const WORLD: Bounds = [121, 28, 122, 29]
const at = (index: number) => ({ latitude: 28.37 + index * 1e-5, longitude: 121.37, at: 0 })
const unit = (index: number, more: Partial<UnitMark> = {}): UnitMark => ({ id: `u${index}`, name: '', kind: 'car', look: 'available', helps: false, live: false, ...at(index), ...more })
const incident = (index: number, severity: IncidentMark['severity']): IncidentMark => ({ id: `i${index}`, name: '', severity, ...at(index) })

it('puts together what lies over each other, and says where it falls apart', () => {
  const clusters = new Clusters()
  clusters.load(Array.from({ length: 50 }, (_, index) => unit(index)), [], new Set())
  const [one, ...others] = clusters.within(WORLD, 10)
  expect(one).toMatchObject({ kind: 'units', count: 50 })
  expect(others).toEqual([])
  expect((one as { zoom: number }).zoom).toBeGreaterThan(13)
  expect(clusters.within(WORLD, 18)).toHaveLength(50)
  expect(clusters.within([100, 10, 101, 11], 10)).toEqual([])
})

it('never groups away what is red, who calls for help, and what is chosen', () => {
  const clusters = new Clusters()
  const units = [unit(0, { helps: true }), ...Array.from({ length: 9 }, (_, index) => unit(index + 1))]
  const incidents = [incident(0, 'red'), ...Array.from({ length: 9 }, (_, index) => incident(index + 1, index === 3 ? 'orange' : 'yellow'))]
  clusters.load(units, incidents, new Set(['u5', 'i5']))
  const drawn = clusters.within(WORLD, 10)
  expect(drawn.flatMap((one) => ('mark' in one ? [one.mark.id] : [])).sort()).toEqual(['i0', 'i5', 'u0', 'u5'])
  expect(drawn.find(({ kind }) => kind === 'units')).toMatchObject({ count: 8 })
  expect(drawn.find(({ kind }) => kind === 'incidents')).toMatchObject({ count: 8, worst: 'orange' })
})
