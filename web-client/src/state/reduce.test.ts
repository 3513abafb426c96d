import { describe, expect, it } from 'vitest'
import type { Assignee, Order, ServerMessage, Snapshot, Step, Unit, User } from '@/protocol/messages'
import { EMPTY, type LocalEvent, type Model } from './model'
import { reduce } from './reduce'
import { firstOf, groupsForTalk, groupUnits, placeOf } from './units'

const AT = Date.parse('2026-11-21T06:30:00Z')
const since = '2026-11-21T06:00:00.000Z'

const unit = (id: string, name: string, node: string, more: Partial<Unit> = {}): Unit => ({
  id, name, kind: 'car', node, status: 'available', online: true, since, people: [], ...more,
})
const me: User = { id: 'xinhe', name: '王敏', role: 'duty', unit: 'room', locale: 'zh-CN', rights: ['dispatch'] }
const assignee = (id: string, step: Step, reason?: string): Assignee => ({ unit: id, name: `车${id}`, step, at: since, reason, history: [] })
const order = (id: string, ...assignees: Assignee[]): Order => ({
  id, number: 7, text: '速到', severity: 'red', placedAt: since, placedBy: { user: 'xinhe', name: '王敏', node: 'xinhe' }, assignees,
})
const snapshot: Snapshot = {
  type: 'snapshot', seq: 2,
  nodes: [{ id: 'city', name: '市', kind: 'CENTRE' }, { id: 'xinhe', name: '新河镇', kind: 'TOWN', parent: 'city' }, { id: 'st', name: '工作站', kind: 'STATION', parent: 'xinhe' }],
  units: [unit('room', '指挥室', 'xinhe', { kind: 'room' }), unit('1', '车1', 'st'), unit('2', '车2', 'st', { online: false })],
  groups: [
    { id: 'all', name: '全员', kind: 'TOWN', node: 'xinhe', members: ['1', '2'], affiliated: true, tier: 'yellow' },
    { id: 'zz', name: '全市', kind: 'TOWN', node: 'city', members: [], affiliated: false, tier: 'yellow' },
  ],
  orders: [], shown: [], lives: [{ unit: '1', live: { since, camera: 'back', muted: false }, watchers: [] }], watching: [], calls: [],
  callbacks: [], alerts: [], positions: [], missed: [],
}

function play(...events: (ServerMessage | LocalEvent)[]): Model {
  const welcome = { type: 'welcome', seq: 1, user: me, limits: EMPTY.limits } as unknown as ServerMessage
  return [welcome, snapshot, ...events].reduce<Model>((model, event) => reduce(model, event, AT), EMPTY)
}

const lines = (model: Model): string[] => model.ticker.map((line) => line.key)

describe('what the page knows', () => {
  it('begins with the snapshot and forgets what was before it', () => {
    const model = play({ type: 'live.changed', seq: 3, unit: '1', watchers: [] }, { ...snapshot, seq: 4, units: [] })
    expect(model.units).toEqual({})
    expect(model.lives['1']?.live).toBeDefined()
  })

  it('follows units that come, go and appear', () => {
    const model = play({ type: 'unit.changed', seq: 3, unit: unit('2', '车2', 'st') }, { type: 'unit.changed', seq: 4, unit: unit('3', '车3', 'st') })
    expect(model.units['2']?.online).toBe(true)
    expect(Object.keys(model.units)).toContain('3')
    expect(lines(model)).toEqual(['ticker.online'])
  })

  it('shows who talks in a group and in a private call, ourselves included', () => {
    const talker = { user: 'u1', name: '李强' }
    expect(play({ type: 'floor.taken', seq: 3, call: 'all', talker, mayRequest: true, tier: 'yellow', since }, { type: 'floor.unheard', seq: 4, call: 'all', reason: 'not-allowed-to-cross' }).unheard).toEqual({ all: 'not-allowed-to-cross' })
    expect(play({ type: 'floor.unheard', seq: 4, call: 'all', reason: 'no-gateway' }, { type: 'floor.idle', seq: 5, call: 'all' }).unheard).toEqual({})
    const taken = play({ type: 'floor.taken', seq: 3, call: 'all', talker, mayRequest: true, tier: 'yellow', since })
    expect(taken.groups['all']?.floor?.talker.name).toBe('李强')
    expect(reduce(taken, { type: 'floor.idle', seq: 4, call: 'all' }, AT).groups['all']?.floor).toBeUndefined()
    const own = play({ type: 'call.opened', seq: 3, call: 'c', unit: '1', name: '车1', by: '王敏', oneAtATime: true, incoming: false }, { type: 'floor.granted', seq: 4, call: 'c', durationMs: 1, priority: 0, tier: 'yellow' })
    expect(own.calls['c']?.floor?.talker.user).toBe('xinhe')
    expect(reduce(own, { type: 'call.closed', seq: 5, call: 'c', cause: 'hungUp' }, AT).calls).toEqual({})
  })

  it('keeps an order once, however often it is told, and says each new step once', () => {
    const placed = order('o', assignee('1', 'placed'), assignee('2', 'placed'))
    const accepted = order('o', assignee('1', 'accepted'), assignee('2', 'placed'))
    const model = play(
      { type: 'order.changed', seq: 3, order: placed }, { type: 'order.changed', seq: 4, order: accepted }, { type: 'order.changed', seq: 5, order: accepted },
    )
    expect(Object.keys(model.orders)).toEqual(['o'])
    expect(lines(model)).toEqual(['ticker.step.accepted', 'ticker.orderPlaced'])
  })

  it('replaces a draft by the order that came of it and keeps a refused one', () => {
    const draft = { order: 'o', units: ['1'], text: '速到', severity: 'red' as const, at: AT }
    const drafted = play({ type: 'local.drafted', draft })
    expect(reduce(drafted, { type: 'order.changed', seq: 3, order: order('o') }, AT).drafts).toEqual([])
    const refused = reduce(drafted, { type: 'local.draft-refused', order: 'o', code: 'not-visible' }, AT)
    expect(refused.drafts[0]).toMatchObject({ refused: 'not-visible', text: '速到' })
  })

  it('follows a request for a picture to its answer', () => {
    const ask = { ask: 'a', unit: '2', pull: false, at: AT }
    const asked = play({ type: 'local.asked', ask })
    const declined = reduce(asked, { type: 'live.answered', seq: 3, ask: 'a', unit: '2', outcome: 'declined', reason: '不便' }, AT)
    expect(declined.outgoing['2']).toMatchObject({ outcome: 'declined', reason: '不便' })
    expect(reduce(asked, { type: 'live.answered', seq: 3, ask: 'a', unit: '2', outcome: 'started' }, AT).outgoing).toEqual({})
    const late = reduce(declined, { type: 'live.answered', seq: 4, ask: 'older', unit: '2', outcome: 'timeout' }, AT)
    expect(late.outgoing['2']?.outcome).toBe('declined')
  })

  it('shows a request at the terminal once, until it is answered', () => {
    const asked: ServerMessage = { type: 'live.asked', seq: 3, ask: 'a', by: '王敏', pull: true }
    const model = play(asked, { ...asked, seq: 4 })
    expect(model.incoming).toHaveLength(1)
    expect(reduce(model, { type: 'local.ask-seen', ask: 'a' }, AT).incoming).toEqual([])
  })

  it('does not clear a tile by the late word about the picture before', () => {
    const model = play(
      { type: 'local.watching', tile: 0, unit: '1' }, { type: 'local.watching', tile: 0, unit: '2' },
      { type: 'watch.changed', seq: 3, tile: 0, unit: '1', state: 'stopped' },
    )
    expect(model.tiles[0]).toEqual({ unit: '2', state: 'waiting' })
  })

  it('does not stumble over a word of a newer server', () => {
    expect(play({ type: 'weather.changed', seq: 3 } as unknown as ServerMessage).ready).toBe(true)
  })

  it('keeps the ticker short', () => {
    let model = play()
    for (let i = 0; i < 200; i++) model = reduce(model, { type: 'unit.changed', seq: i, unit: unit('2', '车2', 'st', { online: i % 2 === 0 }) }, AT)
    expect(model.ticker).toHaveLength(60)
    expect(new Set(model.ticker.map((line) => line.id)).size).toBe(60)
  })
})

describe('the unit list', () => {
  it('leaves out our own unit and puts live before online before offline', () => {
    const model = play()
    const all = groupUnits(model, '', 'all')
    expect(all.flatMap((group) => group.units.map(({ id }) => id))).toEqual(['1', '2'])
    expect(firstOf(all, 1).flatMap((group) => group.units.map(({ id }) => id))).toEqual(['1'])
    expect(firstOf(all, 9)).toEqual(all)
    expect(firstOf(all, 0)).toEqual([])
    expect(groupUnits(model, '', 'online').flatMap((group) => group.units.map(({ id }) => id))).toEqual(['1'])
    expect(groupUnits(model, '车2', 'live')).toEqual([])
  })

  it('finds by name, place and person', () => {
    const model = play({ type: 'unit.changed', seq: 3, unit: unit('3', '终端', 'st', { people: ['李强'] }) })
    expect(groupUnits(model, '工作站 李', 'all')[0]?.units.map(({ id }) => id)).toEqual(['3'])
  })

  it('names a place by its way down from the town', () => {
    expect(placeOf(play(), 'st')).toBe('新河镇 · 工作站')
    expect(placeOf(play(), 'city')).toBe('市')
    expect(placeOf(play(), 'st', 'xinhe')).toBe('工作站')
  })

  it('has the own place’s talk group first', () => {
    expect(groupsForTalk(play()).map(({ id }) => id)).toEqual(['all', 'zz'])
  })
})
