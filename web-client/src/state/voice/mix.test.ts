import { describe, expect, it } from 'vitest'
import { call, group } from '../../../tests/session-rig'
import { BACKGROUND, DUCKED, levelOf, pictureVolume, PLAIN } from './mix'
import { EMPTY, type Model } from '../model'

const patch = { id: 'p', groups: ['g', 'j'], by: '' }
const model: Model = { ...EMPTY, groups: { g: group('g', { patch }), j: group('j', { patch }), h: group('h') }, calls: { c: call('c') } }
const floor = { talker: { user: 'x', name: '' }, mayRequest: true, tier: 'yellow' as const, since: '' }

describe('the sound of a group', () => {
  it('stands back while it is not spoken to', () => {
    expect(levelOf(model, 'g', ['g'], PLAIN)).toEqual({ volume: 1, pan: 0 })
    expect(levelOf(model, 'h', ['g'], { volume: 0.5, pan: -1 })).toEqual({ volume: 0.5 * BACKGROUND, pan: -1 })
    expect(levelOf(model, 'j', ['g'], PLAIN).volume).toBe(1)
  })

  it('never stands back where it is private, or not known yet', () => {
    expect(levelOf(model, 'c', ['g'], PLAIN).volume).toBe(1)
    expect(levelOf(model, 'ambient', ['g'], PLAIN).volume).toBe(1)
    expect(levelOf(model, undefined, ['g'], PLAIN).volume).toBe(1)
  })
})

describe('the sound of a picture', () => {
  const loud = () => PLAIN
  const silent = () => ({ ...PLAIN, volume: 0 })

  it('is quieter while somebody talks, or oneself', () => {
    expect(pictureVolume(model, 'car', false, loud)).toBe(1)
    expect(pictureVolume(model, 'car', true, loud)).toBe(DUCKED)
    expect(pictureVolume({ ...model, groups: { h: group('h', { floor }) } }, 'car', false, loud)).toBe(DUCKED)
    expect(pictureVolume({ ...model, groups: { h: group('h', { floor, affiliated: false }) } }, 'car', false, loud)).toBe(1)
    expect(pictureVolume({ ...model, calls: { c: call('c', { oneAtATime: false }) } }, 'car', false, loud)).toBe(DUCKED)
  })

  it('is left out while the unit is heard as a talker', () => {
    const heard = { ...model, groups: { h: group('h', { floor: { ...floor, talker: { ...floor.talker, unit: 'car' } } }) } }
    expect(pictureVolume(heard, 'car', false, loud)).toBe(0)
    expect(pictureVolume(heard, 'other', false, loud)).toBe(DUCKED)
    expect(pictureVolume(heard, 'car', false, silent)).toBe(DUCKED)
    expect(pictureVolume({ ...heard, unheard: { h: 'too-many' } }, 'car', false, loud)).toBe(1)
  })
})
