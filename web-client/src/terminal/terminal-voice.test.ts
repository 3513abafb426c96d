// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { alert, burst, call, group, SessionRig } from '../../tests/session-rig'
import { show, type Shown } from '../../tests/page-rig'
import AmbientBanner from './calls/AmbientBanner.vue'
import CallPanel from './calls/CallPanel.vue'
import IncomingCall from './calls/IncomingCall.vue'
import SosButton from './sos/SosButton.vue'
import SosPanel from './sos/SosPanel.vue'
import MissedSheet from './talk/MissedSheet.vue'
import PadTools from './talk/PadTools.vue'
import TalkPad from './talk/TalkPad.vue'

let rig: SessionRig
let shown: Shown | undefined

const units = [
  { id: 'car1', name: '巡逻车01', kind: 'car', node: 'station', status: 'available', online: true, since: '', people: [] },
  { id: 'room', name: '指挥室', kind: 'room', node: 'town', status: 'available', online: true, since: '', people: [] },
]
const nodes = [{ id: 'town', name: '镇', kind: 'TOWN' }, { id: 'station', name: '站', kind: 'STATION', parent: 'town' }]

beforeEach(async () => {
  rig = new SessionRig()
  await rig.greets(false, { units, nodes })
  await rig.agrees()
})
afterEach(() => {
  shown?.wrapper.unmount()
  shown = undefined
  rig.close()
})

describe('the button for help', () => {
  it('calls when it was held for a second and a half, and not before', async () => {
    let raised = 0
    shown = show(SosButton, rig, { onRaise: () => void raised++ })
    const button = shown.at('sos')
    await button.trigger('pointerdown', { button: 0, pointerId: 1 })
    await rig.settled(1400)
    await button.trigger('pointerup')
    await rig.settled(1000)
    expect(raised).toBe(0)
    await button.trigger('pointerdown', { button: 0, pointerId: 1 })
    await rig.settled(1600)
    expect(raised).toBe(1)
    await rig.settled(5000)
    expect(raised).toBe(1)
  })

  it.each(['pointercancel', 'lostpointercapture', 'contextmenu', 'blur'])('is let go on %s', async (ending) => {
    let raised = 0
    shown = show(SosButton, rig, { onRaise: () => void raised++ })
    await shown.at('sos').trigger('pointerdown', { button: 0, pointerId: 1 })
    await shown.at('sos').trigger(ending)
    await rig.settled(2000)
    expect(raised).toBe(0)
  })

  it('can be held by the keyboard, and leaves other mouse buttons alone', async () => {
    let raised = 0
    shown = show(SosButton, rig, { onRaise: () => void raised++ })
    await shown.at('sos').trigger('pointerdown', { button: 2, pointerId: 1 })
    await rig.settled(2000)
    expect(raised).toBe(0)
    await shown.at('sos').trigger('keydown', { code: 'Space', key: ' ' })
    await rig.settled(1600)
    expect(raised).toBe(1)
  })
})

describe('a call for help on the screen', () => {
  it('says that it is going out, counts down, and tells who answered', async () => {
    shown = show(SosPanel, rig)
    expect(shown.at('sos-panel').exists()).toBe(false)
    const id = rig.session.alerts.raise('red', 'g', undefined)
    await rig.settled()
    expect(shown.at('sos-panel').attributes('data-phase')).toBe('sending')
    await rig.says({ type: 'alert.changed', alert: alert(id) })
    await rig.settled(600)
    expect(shown.at('sos-panel').text()).toContain('5')
    await rig.settled(3000)
    expect(shown.at('sos-panel').text()).toContain('2 秒后')
    await rig.says({ type: 'alert.changed', alert: alert(id, { phase: 'active' }) })
    await rig.grants('g', 120_000)
    expect(shown.at('sos-mic').text()).toContain('10')
    await rig.lives(11_000)
    expect(shown.at('sos-mic').exists()).toBe(false)
    await rig.says({ type: 'floor.taken', call: 'g', talker: { user: 'x', name: '王敏' }, mayRequest: true, tier: 'yellow', since: '' })
    expect(shown.at('sos-seen').text()).toContain('王敏')
  })

  it('is taken back with one touch before it is active, with two afterwards', async () => {
    shown = show(SosPanel, rig)
    await rig.says({ type: 'alert.changed', alert: alert('a') })
    await shown.at('sos-cancel').trigger('click')
    expect(rig.socket.find('alert.cancel')).toMatchObject({ alert: 'a' })
    await rig.says({ type: 'alert.changed', alert: alert('a', { phase: 'cancelled' }) })
    expect(shown.at('sos-panel').exists()).toBe(false)
    await rig.says({ type: 'alert.changed', alert: alert('b', { phase: 'active' }) })
    await shown.at('sos-cancel').trigger('click')
    expect(rig.socket.count('alert.cancel')).toBe(1)
    await shown.at('sos-cancel').trigger('click')
    expect(rig.socket.find('alert.cancel')).toMatchObject({ alert: 'b' })
  })

  it('says without a network that it waits, and what the server refused', async () => {
    shown = show(SosPanel, rig)
    await rig.breaks()
    const id = rig.session.alerts.raise('red', 'g', undefined)
    await rig.settled()
    expect(shown.at('sos-offline').exists()).toBe(true)
    await rig.greets(true)
    await rig.says({ type: 'refused', re: id, code: 'too-many', detail: '' })
    expect(shown.at('sos-panel').attributes('data-phase')).toBe('refused')
    await shown.at('sos-again').trigger('click')
    expect(rig.socket.count('alert.raise')).toBe(2)
  })

  it.each([['g', 'g'], ['h', undefined], [undefined, undefined]])('goes to the group %s that was chosen if it is ours, and the button is away meanwhile', async (chosen, told) => {
    shown = show(TalkPad, rig)
    if (chosen) rig.session.talk.choose(chosen)
    await shown.at('sos').trigger('pointerdown', { button: 0, pointerId: 1 })
    await rig.settled(1600)
    expect(rig.socket.find('alert.raise')).toMatchObject({ tier: 'red' })
    expect(rig.socket.find('alert.raise')?.group).toBe(told)
    expect(shown.at('sos').exists()).toBe(false)
  })
})

describe('calls', () => {
  it('that ring are taken or declined with a reason', async () => {
    shown = show(IncomingCall, rig)
    await rig.says({ type: 'call.ringing', ...call('c', { oneAtATime: false }) })
    expect(shown.at('incoming-call').text()).toContain('双向通话')
    await shown.at('accept-call').trigger('click')
    expect(rig.socket.find('call.answer')).toMatchObject({ call: 'c' })
    await shown.at('decline-busy').trigger('click')
    expect(rig.socket.find('call.decline')).toMatchObject({ call: 'c', reason: '正在处置，稍后回复' })
    expect(shown.at('incoming-call').exists()).toBe(false)
  })

  it('without a floor are muted and ended', async () => {
    shown = show(CallPanel, rig)
    await rig.says({ type: 'call.opened', ...call('c', { oneAtATime: false }) })
    await shown.at('mute-call').trigger('click')
    expect([shown.at('duplex-call').attributes('data-muted'), rig.mic.enabled]).toEqual(['true', false])
    await shown.at('hang-up').trigger('click')
    expect(rig.socket.find('call.close')).toMatchObject({ call: 'c' })
  })

  it('of our own can be given up while they ring', async () => {
    shown = show(CallPanel, rig)
    await rig.says({ type: 'call.ringing', ...call('c', { incoming: false }) })
    await shown.at('cancel-call').trigger('click')
    expect(rig.socket.find('call.close')).toMatchObject({ call: 'c' })
  })

  it('back are asked of the own room in one tap, and once', async () => {
    shown = show(PadTools, rig)
    await shown.at('ask-callback').trigger('click')
    expect(rig.socket.find('callback.ask')).toMatchObject({ unit: 'room' })
    const callback = { id: rig.socket.find('callback.ask')!.callback, unit: 'car1', name: '巡逻车01', by: '李强', at: '' }
    await rig.says({ type: 'callback.changed', callback, open: true })
    expect(shown.at('ask-callback').attributes('data-asked')).toBe('true')
    await shown.at('ask-callback').trigger('click')
    expect(rig.socket.count('callback.ask')).toBe(1)
  })
})

describe('what was missed', () => {
  it('is counted, listed, and stays in the open list once it was heard', async () => {
    await rig.says({ type: 'burst.ended', burst: burst('b1') })
    await rig.says({ type: 'burst.ended', burst: burst('b2', { at: '2026-11-21T06:40:00.000Z', audio: false }) })
    shown = show(PadTools, rig)
    expect(shown.at('missed').attributes('data-count')).toBe('2')
    shown.wrapper.unmount()
    shown = show(MissedSheet, rig)
    expect(shown.all('burst').map((row) => row.attributes('data-burst'))).toEqual(['b2', 'b1'])
    expect(shown.all('burst-play')).toHaveLength(1)
    await shown.at('heard-all').trigger('click')
    expect(rig.socket.find('burst.heard')?.bursts).toEqual(['b2', 'b1'])
    expect(shown.all('burst')).toHaveLength(2)
  })
})

describe('while somebody listens in', () => {
  it('a banner says so, where the policy wants it', async () => {
    shown = show(AmbientBanner, rig)
    await rig.says({ type: 'ambient.asked', ambient: 'q', picture: false, notice: false })
    expect(shown.at('listened-to').exists()).toBe(false)
    await rig.says({ type: 'ambient.asked', ambient: 'm', by: '王敏', picture: true, notice: true })
    expect(shown.at('listened-to').text()).toContain('王敏')
    await rig.says({ type: 'ambient.ended', ambient: 'm' })
    expect(shown.at('listened-to').exists()).toBe(false)
  })
})

it('made groups appear by themselves and show their level', async () => {
  shown = show(TalkPad, rig)
  await rig.says({ type: 'group.changed', group: group('m', { kind: 'adHoc', name: '集市处置', tier: 'red' }) })
  rig.session.talk.choose('m')
  await rig.settled()
  expect(shown.at('choose-group').text()).toContain('集市处置')
  expect(shown.at('choose-group').find('.severity.red').exists()).toBe(true)
})
