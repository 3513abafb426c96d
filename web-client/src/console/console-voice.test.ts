// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { alert, burst, call, group, SessionRig } from '../../tests/session-rig'
import { show, type Shown } from '../../tests/page-rig'
import AlertBanner from './alerts/AlertBanner.vue'
import CallDialog from './calls/CallDialog.vue'
import CallbackList from './calls/CallbackList.vue'
import IncomingCalls from './calls/IncomingCalls.vue'
import BroadcastDialog from './groups/BroadcastDialog.vue'
import GroupDetails from './groups/GroupDetails.vue'
import MakeGroup from './groups/MakeGroup.vue'
import PatchDialog from './groups/PatchDialog.vue'
import SidePanel from './SidePanel.vue'
import TalkBar from './talk/TalkBar.vue'
import ListenDialog from './units/ListenDialog.vue'
import ListeningBar from './units/ListeningBar.vue'
import UnitVoice from './units/UnitVoice.vue'

let rig: SessionRig
let shown: Shown | undefined

const unit = (id: string, online = true) => ({ id, name: `车${id}`, kind: 'car', node: 'x', status: 'available', online, since: '', people: [] })
const groups = () => Object.values(rig.session.model().groups)
const ALL = ['talk', 'dispatch', 'floor.override', 'broadcast', 'call.force', 'ambient', 'regroup', 'alert.clear', 'watch']
const patch = { id: 'p', groups: ['g', 'k'], by: '王敏' }

async function sit(rights = ALL): Promise<void> {
  rig = new SessionRig('console', rights)
  await rig.greets(false, {
    units: [unit('car1'), unit('car2'), unit('car3', false)], groups: [group('g'), group('h', { affiliated: false }), group('k', { members: ['car3'] })],
    positions: [{ unit: 'car2', latitude: 28.37, longitude: 121.36, at: '2026-11-21T06:00:00.000Z' }],
  })
  await rig.agrees()
}

beforeEach(() => sit())
afterEach(() => {
  shown?.wrapper.unmount()
  shown = undefined
  rig.close()
})

describe('the talk bar', () => {
  it('chooses one group, or several with a key held or the digit pressed', async () => {
    shown = show(TalkBar, rig, { groups: groups() })
    await shown.at('group-choose-h').trigger('click')
    expect(rig.session.talk.targets.value).toEqual(['h'])
    await shown.at('group-choose-g').trigger('click', { ctrlKey: true })
    await shown.at('group-add-k').trigger('click')
    expect(rig.session.talk.targets.value).toEqual(['h', 'g', 'k'])
    expect(shown.at('group-g').attributes('data-chosen')).toBe('true')
    expect(shown.at('talk-summary').text()).toContain('组h、组g、组k')
  })

  it('shows each group’s own state, who talks there, and a lock where nobody may break in', async () => {
    shown = show(TalkBar, rig, { groups: groups() })
    rig.session.talk.choose('g')
    rig.session.talk.choose('k', true)
    rig.session.talk.press('key')
    await rig.grants('g')
    await rig.says({ type: 'floor.queued', call: 'k', position: 2, size: 3 })
    await shown.wrapper.setProps({ groups: groups() })
    expect([shown.at('group-g').attributes('data-talk'), shown.at('group-state-k').text()]).toEqual(['granted', '排队 2/3'])
    await rig.says({ type: 'floor.taken', call: 'h', talker: { user: 'z', name: '周主任' }, mayRequest: false, tier: 'red', since: '' })
    await shown.wrapper.setProps({ groups: groups() })
    const mark = shown.all('talker').find((entry) => entry.attributes('data-call') === 'h')!
    expect([mark.text().includes('周主任'), mark.attributes('data-locked')]).toEqual([true, 'true'])
  })

  it('shows that a group is joined with others, known ones and others', async () => {
    await rig.says({ type: 'group.changed', group: group('g', { patch }) })
    await rig.says({ type: 'group.changed', group: group('h', { patch: { id: 'q', groups: ['h', 'x', 'y'], by: '周主任' } }) })
    shown = show(TalkBar, rig, { groups: groups() })
    expect([shown.at('joined-g').text(), shown.at('joined-h').text()]).toEqual(['联合：组k', '联合通话，共 3 组'])
  })

  it('says that the next talk is an order, and offers to interrupt where that is allowed', async () => {
    shown = show(TalkBar, rig, { groups: groups() })
    await shown.at('order-latch-red').trigger('click')
    expect([shown.at('talk').text().includes('红色'), rig.session.talk.orderNext.value]).toEqual([true, 'red'])
    await shown.at('override').trigger('pointerdown', { button: 0, pointerId: 1 })
    expect(rig.socket.find('floor.request')).toMatchObject({ override: true, order: { severity: 'red' } })
  })

  it('offers nothing that the person may not do', async () => {
    rig.close()
    await sit(['talk'])
    shown = show(TalkBar, rig, { groups: groups() })
    for (const id of ['order-latch-red', 'override', 'make-group', 'patch-groups', 'broadcast']) expect(shown.at(id).exists(), id).toBe(false)
  })

  it('keeps private calls beside the groups, ringing ones with a way out', async () => {
    await rig.says({ type: 'call.ringing', ...call('c', { incoming: false }) })
    await rig.says({ type: 'call.opened', ...call('d', { oneAtATime: false }) })
    shown = show(TalkBar, rig, { groups: groups() })
    expect(shown.all('private-call').map((card) => [card.attributes('data-ringing'), card.attributes('data-duplex')])).toEqual([['true', 'false'], ['false', 'true']])
    await shown.at('mute-call').trigger('click')
    expect(rig.mic.enabled).toBe(false)
    await shown.at('hang-up').trigger('click')
    expect(rig.socket.find('call.close')).toMatchObject({ call: 'c' })
  })
})

describe('emergencies', () => {
  it('lie over the screen, are answered by taking the group, and closed with a reason', async () => {
    const gone: string[] = []
    shown = show(AlertBanner, rig, { onGo: (id: string) => void gone.push(id) })
    expect(shown.at('alerts').exists()).toBe(false)
    await rig.says({ type: 'alert.changed', alert: alert('a', { unit: 'car2', group: 'h' }) })
    expect(shown.at('alert').attributes('data-phase')).toBe('pending')
    await shown.at('alert-take').trigger('click')
    expect(rig.session.talk.targets.value).toEqual(['h'])
    expect(rig.socket.find('group.affiliate')).toMatchObject({ group: 'h' })
    await shown.at('alert-go').trigger('click')
    expect(gone).toEqual(['car2'])
    await shown.at('alert-close').trigger('click')
    await shown.at('close-alert-arrived').trigger('click')
    expect(rig.socket.find('alert.cancel')).toMatchObject({ alert: 'a', reason: '人员已到场' })
  })

  it('of which only the worst are shown are counted', async () => {
    shown = show(AlertBanner, rig)
    for (const id of ['a', 'b', 'c', 'd', 'e']) await rig.says({ type: 'alert.changed', alert: alert(id, { unit: 'car2', phase: 'active' }) })
    expect(shown.all('alert')).toHaveLength(3)
    expect(shown.at('alerts').text()).toContain('2')
  })
})

describe('private calls', () => {
  it('that ring are taken in the corner', async () => {
    shown = show(IncomingCalls, rig)
    await rig.says({ type: 'call.ringing', ...call('c') })
    await shown.at('accept-call').trigger('click')
    expect(rig.socket.find('call.answer')).toMatchObject({ call: 'c' })
    await shown.at('decline-call').trigger('click')
    expect(rig.socket.find('call.decline')).toMatchObject({ call: 'c' })
  })

  it('are made without a floor, ringing, or forced by who may', async () => {
    shown = show(CallDialog, rig, { unit: 'car2' })
    await shown.at('call-duplex').setValue(true)
    await shown.at('call-forced').setValue(true)
    await shown.at('call-form').trigger('submit')
    expect(rig.socket.find('call.open')).toMatchObject({ unit: 'car2', floor: false, answer: 'forced' })
    shown.wrapper.unmount()
    rig.close()
    await sit(['talk'])
    shown = show(CallDialog, rig, { unit: 'car2' })
    expect(shown.at('call-forced').exists()).toBe(false)
  })

  it('back are one click, and another one when that is done', async () => {
    const callback = { id: 'b', unit: 'car2', name: '车', by: '李强', note: '换车', at: '2026-11-21T06:00:00.000Z' }
    await rig.says({ type: 'callback.changed', callback, open: true })
    shown = show(CallbackList, rig)
    await shown.at('callback-call').trigger('click')
    expect(rig.socket.find('call.open')).toMatchObject({ unit: 'car2' })
    await shown.at('callback-done').trigger('click')
    expect(rig.socket.find('callback.done')).toMatchObject({ callback: 'b' })
    expect(shown.all('callback')).toHaveLength(0)
  })
})

describe('making and joining groups', () => {
  it('wants a name and somebody in it, and takes an area typed by keyboard', async () => {
    shown = show(MakeGroup, rig)
    await shown.at('group-create').trigger('click')
    expect(shown.at('make-group-form').text()).toContain('请先填写组名')
    await shown.at('group-name').setValue('集市处置')
    await shown.at('group-create').trigger('click')
    expect(shown.at('make-group-form').text()).toContain('请选择单位')
    await shown.at('show-area').trigger('click')
    for (const corner of ['28.36, 121.35', '28.38，121.35', 'nonsense', '28.38 121.38']) {
      await shown.at('corner-text').setValue(corner)
      await shown.wrapper.find('form.typed').trigger('submit')
    }
    expect(shown.at('area-plan').attributes()).toMatchObject({ 'data-corners': '3', 'data-inside': '1' })
    await shown.at('group-incident').setValue('i-17')
    await shown.at('group-create').trigger('click')
    expect(rig.socket.find('group.make')).toMatchObject({ name: '集市处置', units: ['car1'], incident: 'i-17', area: [{ latitude: 28.36, longitude: 121.35 }, { latitude: 28.38, longitude: 121.35 }, { latitude: 28.38, longitude: 121.38 }] })
    await rig.says({ type: 'ok', re: rig.socket.find('group.make')!.id! })
    await rig.says({ type: 'group.changed', group: group(rig.socket.find('group.make')!.group) })
    expect(rig.session.talk.targets.value).toEqual([rig.socket.find('group.make')!.group])
  })

  it('takes the units that are ticked', async () => {
    shown = show(MakeGroup, rig, { units: ['car3'] })
    await shown.at('group-name').setValue('组')
    await shown.at('member-car2').setValue(true)
    await shown.at('group-create').trigger('click')
    expect(rig.socket.find('group.make')?.units).toEqual(['car3', 'car2', 'car1'])
    expect(rig.socket.find('group.make')).not.toHaveProperty('area')
  })

  it('joins two and more, leaves those alone that are joined, and separates them', async () => {
    await rig.says({ type: 'group.changed', group: group('g', { patch }) })
    await rig.says({ type: 'group.changed', group: group('k', { patch }) })
    rig.session.talk.choose('h')
    shown = show(PatchDialog, rig)
    expect((shown.at('patch-h').element as unknown as HTMLInputElement).checked).toBe(false)
    expect(shown.at('patch-g').attributes('disabled')).toBeDefined()
    await shown.at('patch-h').setValue(true)
    expect(shown.at('patch-make').attributes('disabled')).toBeDefined()
    await shown.at('unpatch').trigger('click')
    expect(rig.socket.find('group.unpatch')).toMatchObject({ patch: 'p' })
    await rig.says({ type: 'group.changed', group: group('k') })
    await shown.at('patch-k').setValue(true)
    await shown.at('patch-make').trigger('click')
    expect(rig.socket.find('group.patch')).toMatchObject({ groups: ['h', 'k'] })
  })
})

describe('a broadcast', () => {
  it('says whom it reaches, and lasts while its key is held', async () => {
    shown = show(BroadcastDialog, rig)
    expect(shown.at('broadcast-reach').attributes('data-units')).toBe('1')
    await shown.at('broadcast-group').setValue('k')
    expect(shown.at('broadcast-reach').text()).toContain('0 个在线')
    await shown.at('broadcast-key').trigger('pointerdown', { button: 0, pointerId: 1 })
    expect(rig.socket.find('call.broadcast')).toMatchObject({ group: 'k', broadcast: expect.any(String) as string })
    await rig.grants('k')
    expect(shown.at('broadcast-key').attributes('data-talk')).toBe('granted')
    await shown.at('broadcast-key').trigger('pointerup')
    expect(rig.socket.find('floor.release')).toMatchObject({ call: 'k' })
  })
})

describe('a group’s settings', () => {
  beforeEach(() => void vi.stubGlobal('fetch', async () => Response.json({ bursts: [], more: false })))

  it('keep its loudness and side on this device, and raise its level', async () => {
    shown = show(GroupDetails, rig, { group: 'g' })
    await shown.at('group-volume').setValue('0.4')
    await shown.at('group-pan').setValue('-1')
    expect(JSON.parse(localStorage.getItem('maplebridge.preferences')!)).toMatchObject({ mixes: { g: { volume: 0.4, pan: -1 } } })
    await shown.at('tier-orange').trigger('click')
    expect(rig.socket.find('call.tier')).toMatchObject({ call: 'g', tier: 'orange' })
    await shown.at('tier-yellow').trigger('click')
    expect(rig.socket.count('call.tier')).toBe(1)
  })

  it('make another unit listen, and close what was made when it is said twice', async () => {
    await rig.says({ type: 'group.changed', group: group('g', { kind: 'adHoc' }) })
    shown = show(GroupDetails, rig, { group: 'g' })
    await shown.at('affiliate-car2').trigger('click')
    expect(rig.socket.find('group.affiliate')).toMatchObject({ group: 'g', unit: 'car2' })
    await shown.at('close-group').trigger('click')
    expect(rig.socket.find('group.close')).toBeUndefined()
    await shown.at('close-group').trigger('click')
    expect(rig.socket.find('group.close')).toMatchObject({ group: 'g' })
  })
})

describe('the lists at the side', () => {
  it('count what waits, and are walked through by arrow keys', async () => {
    await rig.says({ type: 'burst.ended', burst: burst('b') })
    shown = show(SidePanel, rig)
    expect(shown.at('tab-bursts').attributes('data-count')).toBe('1')
    await shown.at('tab-orders').trigger('keydown', { key: 'ArrowRight' })
    expect(shown.at('tab-bursts').attributes('aria-selected')).toBe('true')
    await shown.at('heard-all').trigger('click')
    expect(rig.socket.find('burst.heard')?.bursts).toEqual(['b'])
    await shown.at('bursts-recent').trigger('click')
    expect(shown.all('burst')).toHaveLength(1)
  })
})

describe('a unit', () => {
  it('is listened to only after it was said that this goes on record, and for all to see', async () => {
    shown = show(ListenDialog, rig, { unit: 'car2' })
    await shown.at('listen-picture').setValue(true)
    await shown.at('listen-form').trigger('submit')
    expect(rig.socket.find('ambient.start')).toMatchObject({ unit: 'car2', picture: true })
    shown.wrapper.unmount()
    shown = show(ListeningBar, rig)
    expect(shown.at('listening').attributes('data-state')).toBe('asked')
    await shown.at('listen-stop').trigger('click')
    expect(rig.socket.find('ambient.stop')).toMatchObject({ ambient: rig.socket.find('ambient.start')!.ambient })
    expect(shown.at('listening').exists()).toBe(false)
  })

  it('shows where it was seen last, and is put into a group', async () => {
    shown = show(UnitVoice, rig, { unit: 'car2' })
    expect(shown.at('unit-place').text()).toContain('28.3700')
    await shown.at('regroup-group').setValue('g')
    await shown.at('regroup-leave').trigger('click')
    expect(rig.socket.find('group.leave')).toMatchObject({ group: 'g', unit: 'car2' })
    await shown.at('ask-callback').trigger('click')
    expect(rig.socket.find('callback.ask')).toMatchObject({ unit: 'car2' })
  })

  it('is not listened to by who has no right to', async () => {
    rig.close()
    await sit(['talk'])
    shown = show(UnitVoice, rig, { unit: 'car2' })
    expect([shown.at('listen-in').exists(), shown.at('regroup-group').exists()]).toEqual([false, false])
  })
})
