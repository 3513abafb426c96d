import { describe, expect, it } from 'vitest'
import type { ServerMessage, Unit } from '@/protocol/messages'
import { alert, burst, call, group } from '../../tests/session-rig'
import { duplexCall, openCalls, ringingHere } from './calls'
import { burstsOf, missedBursts, openAlerts, ownAlert, pendingLeftMs } from './field'
import { joinedWith, reachOf, voicesHeard } from './groups'
import { EMPTY, type LocalEvent, type Model } from './model'
import { reduce } from './reduce'

const AT = Date.parse('2026-11-21T06:31:10Z')
const since = '2026-11-21T06:00:00.000Z'
const unit = (id: string, online = true): Unit => ({ id, name: `车${id}`, kind: 'car', node: 'x', status: 'available', online, since, people: [] })
const me = { id: 'u', name: '李强', role: 'terminal', unit: 'car1', locale: 'zh-CN', rights: ['talk'] }

function play(...events: (ServerMessage | LocalEvent)[]): Model {
  const welcome = { type: 'welcome', seq: 1, user: me, limits: EMPTY.limits } as unknown as ServerMessage
  const snapshot: ServerMessage = {
    type: 'snapshot', seq: 2, nodes: [], units: [unit('car1'), unit('car2'), unit('car3', false)], groups: [group('g'), group('h', { affiliated: false, members: ['car3'] })],
    orders: [], lives: [], shown: [], watching: [], calls: [], callbacks: [], alerts: [], positions: [], missed: [burst('b0')],
  }
  return [welcome, snapshot, ...events].reduce<Model>((model, event) => reduce(model, event, AT), EMPTY)
}

const lines = (model: Model): string[] => model.ticker.map((line) => line.key)
const talker = { user: 'x', name: '王敏' }
const taken = (id: string): ServerMessage => ({ type: 'floor.taken', seq: 3, call: id, talker, mayRequest: false, tier: 'orange', since })

describe('groups', () => {
  it('appear, are joined, parted and closed', () => {
    const patch = { id: 'p', groups: ['g', 'h'], by: '王敏' }
    const joined = play(
      { type: 'group.changed', seq: 3, group: group('m', { kind: 'adHoc' }) }, { type: 'group.changed', seq: 4, group: group('g', { patch }) },
    )
    expect(Object.keys(joined.groups)).toEqual(['g', 'h', 'm'])
    expect(joinedWith(joined, joined.groups['g']!).map(({ id }) => id)).toEqual(['h'])
    const after = reduce(reduce(joined, { type: 'group.changed', seq: 5, group: group('g') }, AT), { type: 'group.closed', seq: 6, group: 'm' }, AT)
    expect(Object.keys(after.groups)).toEqual(['g', 'h'])
    expect(lines(after)).toEqual(['ticker.group.closed', 'ticker.group.parted', 'ticker.group.joined', 'ticker.group.made'])
  })

  it('show us talking in all that is joined and heard here', () => {
    const patch = { id: 'p', groups: ['g', 'h'], by: '王敏' }
    const model = play(
      { type: 'group.changed', seq: 3, group: group('g', { patch }) }, { type: 'group.changed', seq: 4, group: group('h', { patch }) },
      { type: 'floor.granted', seq: 5, call: 'g', durationMs: 1, priority: 0, tier: 'red' },
    )
    expect(model.groups['h']?.floor).toMatchObject({ talker: { user: 'u' }, tier: 'red' })
    expect(voicesHeard(model)).toEqual([])
  })

  it('are raised and lowered, and a closing of what is not there changes nothing', () => {
    const model = play({ type: 'floor.tier', seq: 3, call: 'g', tier: 'red', by: '李强' }, { type: 'floor.tier', seq: 4, call: 'g', tier: 'red' })
    expect([model.groups['g']?.tier, lines(model)]).toEqual(['red', ['ticker.tier.red']])
    expect(reduce(model, { type: 'group.closed', seq: 5, group: 'x' }, AT)).toBe(model)
    expect(reduce(model, { type: 'floor.tier', seq: 5, call: 'x', tier: 'red' }, AT)).toBe(model)
  })

  it('name who is heard, private calls first', () => {
    const model = play(taken('g'), taken('h'), { type: 'call.opened', seq: 4, ...call('c') }, taken('c'))
    expect(voicesHeard(model).map((voice) => [voice.call, voice.who, voice.tier, voice.mayRequest])).toEqual([['c', '王敏', 'orange', false], ['g', '王敏', 'orange', false]])
  })

  it('tell how far a word reaches', () => {
    expect(reachOf(play(), ['g'])).toEqual({ all: 1, online: 1 })
    expect(reachOf(play(), ['g', 'h'])).toEqual({ all: 2, online: 1 })
    const patch = { id: 'p', groups: ['g', 'h'], by: '' }
    expect(reachOf(play({ type: 'group.changed', seq: 3, group: group('g', { patch }) }), ['g'])).toEqual({ all: 2, online: 1 })
  })
})

describe('private calls', () => {
  it('ring, open and close with a reason', () => {
    const ringing = play({ type: 'call.ringing', seq: 3, ...call('c') }, { type: 'call.ringing', seq: 4, ...call('c') })
    expect(ringingHere(ringing)).toHaveLength(1)
    expect(openCalls(ringing)).toEqual([])
    const opened = reduce(ringing, { type: 'call.opened', seq: 5, ...call('c', { oneAtATime: false }) }, AT)
    expect([ringingHere(opened).length, duplexCall(opened)?.call]).toEqual([0, 'c'])
    expect(reduce(opened, { type: 'call.ringing', seq: 6, ...call('c') }, AT).calls['c']?.ringing).toBe(false)
    const closed = reduce(opened, { type: 'call.closed', seq: 7, call: 'c', cause: 'noAnswer' }, AT)
    expect(closed.calls).toEqual({})
    expect(lines(closed)).toEqual(['ticker.callClosed.noAnswer', 'ticker.callOpened', 'ticker.callIncoming'])
    expect(reduce(closed, { type: 'call.closed', seq: 8, call: 'c', cause: 'hungUp' }, AT)).toBe(closed)
  })

  it('do not ring at who calls', () => {
    expect(ringingHere(play({ type: 'call.ringing', seq: 3, ...call('c', { incoming: false }) }))).toEqual([])
    expect(play({ type: 'call.ringing', seq: 3, ...call('c') }, { type: 'local.call-gone', call: 'c' }).calls).toEqual({})
  })
})

describe('requests to call back', () => {
  const callback = { id: 'k', unit: 'car2', name: '车2', by: '李强', at: since }
  it('stay until somebody is done with them', () => {
    const open = play({ type: 'callback.changed', seq: 3, callback, open: true })
    expect(Object.keys(open.callbacks)).toEqual(['k'])
    expect(reduce(open, { type: 'callback.changed', seq: 4, callback, open: false }, AT).callbacks).toEqual({})
    expect(reduce(open, { type: 'local.callback-done', callback: 'k' }, AT).callbacks).toEqual({})
  })
})

describe('calls for help', () => {
  const changed = (more: object, seq = 3): ServerMessage => ({ type: 'alert.changed', seq, alert: alert('a', more) })
  it('are counted down by the clock of this page', () => {
    const model = play(changed({}))
    expect(pendingLeftMs(model.alerts['a']!, AT + 2000)).toBe(3000)
    expect(pendingLeftMs(model.alerts['a']!, AT + 9000)).toBe(0)
    expect(ownAlert(model)?.id).toBe('a')
  })

  it('are shown while they are open, the most severe and oldest first', () => {
    const model = play(
      changed({}), { type: 'alert.changed', seq: 4, alert: alert('o', { tier: 'orange', unit: 'car2', raisedAt: since }) },
      { type: 'alert.changed', seq: 5, alert: alert('r', { unit: 'car2', raisedAt: since }) }, changed({ phase: 'active' }, 6),
    )
    expect(openAlerts(model).map(({ id }) => id)).toEqual(['r', 'a', 'o'])
    const closed = reduce(model, changed({ phase: 'closed', endedBy: '王敏', reason: '已到场' }, 7), AT)
    expect(Object.keys(closed.alerts)).toEqual(['o', 'r'])
    expect(lines(closed)[0]).toBe('ticker.alert.closedWith')
    expect(lines(play(changed({ phase: 'cancelled' })))).toEqual([])
  })

  it('of our own wait for the server, and say what it refused', () => {
    const raising = { alert: 'a', tier: 'red' as const, group: 'g', at: AT }
    const raised = play({ type: 'local.raised', raising })
    expect(raised.raising).toEqual(raising)
    expect(reduce(raised, changed({}), AT).raising).toBeUndefined()
    expect(reduce(raised, { type: 'local.raise-refused', alert: 'a', code: 'not-allowed' }, AT).raising?.refused).toBe('not-allowed')
    expect(reduce(raised, { type: 'local.raise-refused', alert: 'x', code: 'not-allowed' }, AT)).toBe(raised)
    expect(reduce(raised, { type: 'local.raise-dropped' }, AT).raising).toBeUndefined()
    expect(play(changed({}), { type: 'local.raised', raising }).raising).toBeUndefined()
  })
})

describe('positions', () => {
  it('go forward only', () => {
    const at = (time: string, latitude: number): ServerMessage => ({ type: 'positions.changed', seq: 3, positions: [{ unit: 'car1', latitude, longitude: 121, at: time }] })
    expect(play(at('2026-11-21T06:00:02Z', 2), at('2026-11-21T06:00:01Z', 1)).positions['car1']?.latitude).toBe(2)
  })
})

describe('what was said', () => {
  it('is missed until it was heard, and never what we said ourselves', () => {
    const own = burst('own', { talker: { user: 'u', name: '李强' } })
    const model = play({ type: 'burst.ended', seq: 3, burst: burst('b1', { at: '2026-11-21T06:40:00.000Z' }) }, { type: 'burst.ended', seq: 4, burst: own })
    expect(missedBursts(model).map(({ id }) => id)).toEqual(['b1', 'b0'])
    expect(missedBursts(reduce(model, { type: 'local.heard', bursts: ['b1'] }, AT)).map(({ id }) => id)).toEqual(['b0'])
    expect(burstsOf(model, 'g', 2).map(({ id }) => id)).toEqual(['b1', 'own'])
  })

  it('counts as heard when the server does not miss it any more', () => {
    const model = play({ type: 'burst.ended', seq: 3, burst: burst('b1') })
    const snapshot = { type: 'snapshot', seq: 9, missed: [burst('b2')] } as unknown as ServerMessage
    const again = reduce(model, { ...snapshot, orders: [], groups: [], units: [], nodes: [] } as ServerMessage, AT)
    expect(missedBursts(again).map(({ id }) => id)).toEqual(['b2'])
    expect(again.bursts).toHaveLength(3)
  })
})

describe('listening in', () => {
  it('is shown at both ends while it goes on', () => {
    const asked = play({ type: 'ambient.asked', seq: 3, ambient: 'm', by: '王敏', picture: false, notice: true }, { type: 'ambient.asked', seq: 4, ambient: 'm', picture: false, notice: true })
    expect(asked.listenedTo).toMatchObject([{ ambient: 'm', by: '王敏', since: AT }])
    expect(reduce(asked, { type: 'ambient.ended', seq: 5, ambient: 'm' }, AT).listenedTo).toEqual([])
    const listening = play(
      { type: 'local.listening', listening: { ambient: 'm', unit: 'car2', state: 'asked', notice: true, since: 1 } },
      { type: 'ambient.changed', seq: 3, ambient: 'm', unit: 'car2', state: 'on', notice: false },
    )
    expect(listening.listening['m']).toMatchObject({ state: 'on', notice: false, since: AT })
    expect(reduce(listening, { type: 'ambient.changed', seq: 4, ambient: 'm', unit: 'car2', state: 'ended', notice: false, reason: 'x' }, AT).listening).toEqual({})
    expect(reduce(listening, { type: 'local.listening-ended', ambient: 'm' }, AT).listening).toEqual({})
  })
})
