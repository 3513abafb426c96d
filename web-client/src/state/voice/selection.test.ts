import { describe, expect, it } from 'vitest'
import { call, group } from '../../../tests/session-rig'
import { EMPTY, type Model } from '../model'
import { groupsForTalk } from '../units'
import { MOST_SELECTED, select, targetsOf } from './selection'

const model = (more: Partial<Model> = {}): Model => ({
  ...EMPTY,
  groups: {
    a: group('a', { affiliated: false, node: 'y', members: [] }), b: group('b', { node: 'y', kind: 'county', members: ['car1'] }),
    home: group('home', { kind: 'station' }), town: group('town', { node: 'z' }),
  },
  ...more,
})
const without = (...ids: string[]): Model['groups'] => Object.fromEntries(Object.entries(model().groups).filter(([id]) => !ids.includes(id)))
const me = { id: 'u', name: '', role: '', unit: 'car1', locale: '', rights: [] }
const unit = { id: 'car1', name: '', kind: 'car' as const, node: 'x', status: 'available' as const, online: true, since: '', people: [] }

describe('choosing groups', () => {
  it('takes one, or one more and one less, but never none', () => {
    expect(select(['a'], 'b', false)).toEqual(['b'])
    expect(select(['a'], 'b', true)).toEqual(['a', 'b'])
    expect(select(['a', 'b'], 'a', true)).toEqual(['b'])
    expect(select(['a'], 'a', true)).toEqual(['a'])
  })

  it('forgets the first when there are too many', () => {
    const many = Array.from({ length: MOST_SELECTED }, (_, index) => String(index))
    expect(select(many, 'x', true)).toEqual([...many.slice(1), 'x'])
  })
})

describe('whom the key speaks to', () => {
  it('is what was chosen, as far as it is there', () => {
    expect(targetsOf(model(), ['a', 'gone', 'b'])).toEqual(['a', 'b'])
  })

  it('is the first of the groups as the keys have them: what is listened to, the town before the rest', () => {
    const here = { me, units: { car1: unit } }
    expect(groupsForTalk(model(here)).map(({ id }) => id)).toEqual(['town', 'home', 'b', 'a'])
    expect(targetsOf(model(here), [])).toEqual(['town'])
    expect(targetsOf(model({ ...here, groups: without('town') }), ['gone'])).toEqual(['home'])
    expect(targetsOf(model({ ...here, groups: without('town', 'home', 'b') }), [])).toEqual(['a'])
    expect(targetsOf(EMPTY, [])).toEqual([])
  })

  it('is a private call in which one talks at a time, once it is open', () => {
    expect(targetsOf(model({ calls: { c: call('c') } }), [])).toEqual(['c'])
    expect(targetsOf(model({ calls: { c: call('c', { ringing: true }) } }), ['c'])).toEqual(['town'])
    expect(targetsOf(model({ calls: { c: call('c', { oneAtATime: false }) } }), ['c'])).toEqual(['town'])
  })

  it('is one of several that are joined', () => {
    const patch = { id: 'p', groups: ['a', 'b'], by: '' }
    const groups = { a: group('a', { patch }), b: group('b', { patch }), home: group('home') }
    expect(targetsOf(model({ groups }), ['a', 'b', 'home'])).toEqual(['a', 'home'])
  })
})
