import { expect, it } from 'vitest'
import { ACTIONS, type IncidentCase, type JointSession, type LoopStep } from '@/protocol/incidents'
import type { Order } from '@/protocol/messages'
import { acknowledged, ACTS, incidentOf, isUnclear, mainAct, opensGate, picturesFor, progress } from './case-acts'
import type { Model } from '../model'

const TAKEN = 'cniuaslmxop' // what the console's own keys are

const step = (id: string, state: LoopStep['state']): LoopStep => ({ id, name: id, state, owner: 'owner' })
const may = (...actions: IncidentCase['may']): IncidentCase => ({ may: actions, gates: [], attendance: [], rooms: [] }) as unknown as IncidentCase

it('every letter is of one act, and of no other key of the console', () => {
  const keys = ACTIONS.flatMap((action) => ACTS[action].key?.toLowerCase() ?? [])
  expect(new Set(keys).size).toBe(keys.length)
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

it('a picture belongs to what its unit was ordered for last, unless it refused or is done', () => {
  const order = (id: string, step: string, placedAt: string): Order => ({ id, incident: `i-${id}`, placedAt, assignees: [{ unit: 'car1', step }] }) as unknown as Order
  const orders = { a: order('a', 'accepted', '2026-11-29T01:00:00Z'), b: order('b', 'enRoute', '2026-11-29T02:00:00Z'), c: order('c', 'done', '2026-11-29T03:00:00Z'), d: order('d', 'refused', '2026-11-29T04:00:00Z') }
  expect(incidentOf({ orders }, 'car1')).toBe('i-b')
  expect(incidentOf({ orders }, 'car2')).toBeUndefined()
  const units = { car1: { name: '乙车' }, car2: { name: '甲车' } } as unknown as Model['units']
  const lives = { car1: { live: {} }, car2: { live: {} }, car3: { live: undefined }, stranger: { live: {} } } as unknown as Model['lives']
  expect(picturesFor({ orders, units, lives }, 'i-b').map(({ unit }) => unit)).toEqual(['car1', 'car2'])
  expect(picturesFor({ orders, units, lives }, 'i-a').map(({ unit }) => unit)).toEqual(['car2', 'car1'])
})

it('whose matter it is stays unclear until the list or a session says so', () => {
  expect(isUnclear({ suggestion: undefined, session: undefined })).toBe(true)
  expect(isUnclear({ suggestion: undefined, session: { settledAt: '2026-11-29T02:00:00Z' } as JointSession })).toBe(false)
  expect(isUnclear({ suggestion: { item: '2-1', text: '泥印', owner: '交通执法队' }, session: undefined })).toBe(false)
})
