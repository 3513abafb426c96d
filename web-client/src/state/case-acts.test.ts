import { expect, it } from 'vitest'
import { ACTIONS, type IncidentCase, type LoopStep } from '@/protocol/incidents'
import { acknowledged, ACTS, mainAct, opensGate, progress } from './case-acts'

const TAKEN = 'cniuaslmxop' // what the console's own keys are

const step = (id: string, state: LoopStep['state']): LoopStep => ({ id, name: id, state, owner: 'owner' })
const may = (...actions: IncidentCase['may']): IncidentCase => ({ may: actions, gates: [], attendance: [], rooms: [] }) as unknown as IncidentCase

it('every act has a letter of its own', () => {
  const keys = ACTIONS.map((action) => ACTS[action].key.toLowerCase())
  expect(new Set(keys).size).toBe(ACTIONS.length)
  expect(keys.filter((key) => TAKEN.includes(key))).toEqual([])
})

it('the main act answers first, then closes, then opens the gate, then goes on', () => {
  expect(mainAct(may('note', 'advance', 'accept'))).toBe('accept')
  expect(mainAct(may('advance', 'callback', 'close'))).toBe('close')
  expect(mainAct({ ...may('advance', 'callback'), gates: [{ action: 'close', code: 'callback-required', text: '' }] })).toBe('callback')
  expect(mainAct(may('note', 'advance'))).toBe('advance')
  expect(mainAct(may('note'))).toBeUndefined()
})

it('a gate that wants something shown is opened by noting who came, unless another room has to end its share', () => {
  const gate = { action: 'close', code: 'evidence-required' } as const
  const attendance = [{ who: 'police', name: '民警' }]
  expect(opensGate(gate, { attendance, rooms: [] })).toBe('attend')
  expect(opensGate(gate, { attendance, rooms: [{ node: 'y', role: 'joint', state: 'accepted', offeredAt: '' }] })).toBeUndefined()
  expect(opensGate(gate, { attendance: [], rooms: [] })).toBeUndefined()
  expect(opensGate({ action: 'close', code: 'reporter-may-not-close' }, { attendance, rooms: [] })).toBeUndefined()
})

it('counts how far the loop has come', () => {
  expect(progress([step('a', 'done'), step('b', 'current'), step('c', 'ahead'), step('d', 'ahead')])).toMatchObject({ at: 2, of: 4, current: { id: 'b' }, next: { id: 'c' } })
  expect(progress([step('a', 'done'), step('b', 'done')])).toMatchObject({ at: 2, of: 2, current: undefined, next: undefined })
  expect(progress([])).toMatchObject({ at: 0, of: 0 })
})

it('counts the rooms that have answered; who gave it back is asked no more', () => {
  const room = (node: string, state: 'offered' | 'accepted' | 'returned') => ({ node, role: 'joint', state, offeredAt: '' }) as const
  expect(acknowledged([room('a', 'accepted'), room('b', 'offered'), room('c', 'returned')])).toEqual({ answered: 1, of: 2 })
})
