import { describe, expect, it } from 'vitest'
import type { Order, Severity, Step } from '@/protocol/messages'
import { effectiveStep, inboxOrder, nextSteps, owedSteps } from './orders'

const order = (id: string, step: Step, severity: Severity = 'yellow', placedAt = '2026-11-21T06:00:00.000Z'): Order => ({
  id, number: 1, text: 't', severity, placedAt, placedBy: { user: 'u', name: 'n', node: 'x' },
  assignees: [{ unit: 'car1', name: '车', step, at: placedAt, history: [] }],
})

describe('an order at the terminal', () => {
  it('counts what was pressed without network as done', () => {
    const at = '2026-11-21T06:01:00.000Z'
    expect(effectiveStep(order('o', 'read'), 'car1', [{ order: 'o', step: 'accepted', at }])).toBe('accepted')
    expect(effectiveStep(order('o', 'arrived'), 'car1', [{ order: 'o', step: 'accepted', at }])).toBe('arrived')
    expect(effectiveStep(order('o', 'read'), 'car1', [{ order: 'other', step: 'done', at }])).toBe('read')
  })

  it('offers the steps that can follow', () => {
    expect(nextSteps('delivered')).toEqual(['accepted', 'refused'])
    expect(nextSteps('accepted')).toEqual(['enRoute', 'arrived'])
    expect(nextSteps('arrived')).toEqual(['done'])
    expect(nextSteps('refused')).toEqual([])
  })

  it('owes delivered on arrival and read once it is on the screen, each once', () => {
    expect(owedSteps('placed', false)).toEqual(['delivered'])
    expect(owedSteps('placed', true)).toEqual(['delivered', 'read'])
    expect(owedSteps('delivered', true)).toEqual(['read'])
    expect(owedSteps('accepted', true)).toEqual([])
  })

  it('lies open before closed, severe before mild, new before old', () => {
    const orders = [
      order('closed', 'done', 'red'), order('old', 'read', 'yellow', '2026-11-21T05:00:00.000Z'), order('new', 'read', 'yellow'), order('red', 'accepted', 'red'),
    ]
    expect(inboxOrder(orders, (entry) => entry.assignees[0]!.step).map(({ id }) => id)).toEqual(['red', 'new', 'old', 'closed'])
  })
})
