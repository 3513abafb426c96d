// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { alert, call, FakePeer, SessionRig } from '../../tests/session-rig'
import type { DispatchSession } from './session'

let rig: SessionRig
let session: DispatchSession

beforeEach(async () => {
  rig = new SessionRig()
  session = rig.session
  await rig.greets()
  await rig.agrees()
})
afterEach(() => rig.close())

describe('a call for help', () => {
  it('is on disk before it is on the wire, and goes out again after a break under the same number', async () => {
    await rig.breaks()
    const id = session.alerts.raise('red', 'g', { latitude: 28.37, longitude: 121.36 })
    expect([...rig.letters.keys()]).toEqual([id])
    expect(session.model().raising).toMatchObject({ alert: id, group: 'g' })
    await rig.greets(true)
    expect(rig.socket.find('alert.raise')).toMatchObject({ alert: id, id, tier: 'red', group: 'g', position: { latitude: 28.37, longitude: 121.36 } })
    await rig.breaks()
    await rig.greets(false)
    expect(rig.socket.find('alert.raise')).toMatchObject({ alert: id })
    await rig.says({ type: 'ok', re: id })
    await rig.says({ type: 'alert.changed', alert: alert(id) })
    expect([rig.letters.size, session.model().raising]).toEqual([0, undefined])
  })

  it('survives a closed page, but not for hours', async () => {
    await rig.breaks()
    const id = session.alerts.raise('red', undefined, undefined)
    session.stop()
    await rig.settled()
    session = rig.open()
    await rig.settled()
    await rig.greets()
    expect(rig.socket.find('alert.raise')).toMatchObject({ alert: id })
    session.stop()
    vi.setSystemTime(Date.now() + 3_600_000)
    session = rig.open()
    await rig.settled()
    await rig.greets()
    expect(rig.socket.find('alert.raise')).toBeUndefined()
    expect(rig.letters.size).toBe(0)
  })

  it('says what the server refused', async () => {
    session.alerts.raise('red', 'g', undefined)
    await rig.refuses('alert.raise', 'too-many')
    expect(session.model().raising?.refused).toBe('too-many')
    expect(rig.letters.size).toBe(0)
    session.alerts.drop()
    expect(session.model().raising).toBeUndefined()
  })

  it('that was not out yet is raised and taken back in this order', async () => {
    await rig.breaks()
    const id = session.alerts.raise('red', 'g', undefined)
    session.alerts.cancel(id)
    await rig.greets(true)
    const types = rig.socket.types()
    expect(types.indexOf('alert.raise')).toBeLessThan(types.indexOf('alert.cancel'))
    await rig.says({ type: 'ok', re: rig.socket.find('alert.cancel')!.id! })
    expect(session.model().raising).toBeUndefined()
  })

  it('of another sounds until somebody here has seen it', async () => {
    await rig.says({ type: 'alert.changed', alert: alert('a', { unit: 'car2' }) })
    await rig.lives(13_000)
    expect(rig.tones.filter((tone) => tone === 'alert')).toHaveLength(3)
    session.alerts.silence('a')
    await rig.lives(13_000)
    expect(rig.tones.filter((tone) => tone === 'alert')).toHaveLength(3)
    await rig.says({ type: 'alert.changed', alert: alert('a', { unit: 'car2', phase: 'active' }) })
    expect(rig.tones.filter((tone) => tone === 'alert')).toHaveLength(4)
    await rig.says({ type: 'alert.changed', alert: alert('a', { unit: 'car2', phase: 'closed' }) })
    await rig.lives(13_000)
    expect(rig.tones.filter((tone) => tone === 'alert')).toHaveLength(4)
  })
})

describe('a private call', () => {
  it('rings until it is answered', async () => {
    await rig.says({ type: 'call.ringing', ...call('c') })
    await rig.lives(6_500)
    expect(rig.tones.filter((tone) => tone === 'ring')).toHaveLength(3)
    session.calls.answer('c')
    expect(rig.socket.find('call.answer')).toMatchObject({ call: 'c' })
    await rig.says({ type: 'call.opened', ...call('c') })
    await rig.lives(6_500)
    expect(rig.tones.filter((tone) => tone === 'ring')).toHaveLength(3)
  })

  it('is quiet at once when it is declined', async () => {
    await rig.says({ type: 'call.ringing', ...call('c') })
    session.calls.decline('c', '正在处置')
    expect(session.model().calls).toEqual({})
    expect(rig.socket.find('call.decline')).toMatchObject({ call: 'c', reason: '正在处置' })
    await rig.lives(6_500)
    expect(rig.tones.filter((tone) => tone === 'ring')).toHaveLength(1)
  })

  it('without a floor keeps the microphone open, muted at will, until it is over', async () => {
    await rig.says({ type: 'call.opened', ...call('c', { oneAtATime: false }) })
    expect(rig.mic.enabled).toBe(true)
    session.calls.mute(true)
    expect(rig.mic.enabled).toBe(false)
    session.calls.mute(false)
    await rig.says({ type: 'call.closed', call: 'c', cause: 'hungUp' })
    expect(rig.mic.enabled).toBe(false)
  })

  it('is asked for in the way that was chosen', () => {
    session.calls.open('room')
    expect(rig.socket.find('call.open')).toEqual({ type: 'call.open', unit: 'room', id: expect.any(String) as string })
    session.calls.open('room', { floor: false, answer: 'manual' })
    expect(rig.socket.find('call.open')).toMatchObject({ floor: false, answer: 'manual' })
  })

  it('that the server forgot is gone here as well', async () => {
    await rig.says({ type: 'call.opened', ...call('c') })
    session.calls.close('c')
    await rig.refuses('call.close', 'not-visible')
    expect(session.model().calls).toEqual({})
  })

  it('is taken as this device remembers, which a new session is told', async () => {
    session.calls.setMode('manual')
    expect(rig.socket.find('call.mode')).toMatchObject({ answer: 'manual' })
    await rig.breaks()
    await rig.greets(false)
    expect(rig.socket.find('call.mode')).toMatchObject({ answer: 'manual' })
  })
})

describe('a request to call back', () => {
  it('is kept until the server has it', async () => {
    await rig.breaks()
    session.calls.askBack('room', '车辆需要更换')
    await rig.greets(false)
    expect(rig.socket.find('callback.ask')).toMatchObject({ unit: 'room', note: '车辆需要更换' })
    await rig.says({ type: 'ok', re: rig.socket.find('callback.ask')!.id! })
    expect(session.notices.value[0]?.key).toBe('notice.callbackAsked')
  })
})

describe('being listened to', () => {
  it('opens the microphone, says so, and shuts it at the end', async () => {
    await rig.says({ type: 'ambient.asked', ambient: 'm', by: '王敏', picture: true, notice: true })
    expect([rig.mic.enabled, rig.tones]).toEqual([true, ['asked']])
    expect(rig.socket.find('ambient.report')).toMatchObject({ ambient: 'm', on: true })
    await rig.settled()
    expect(rig.socket.find('live.start')).toMatchObject({ camera: 'back' })
    expect(FakePeer.cameraTracks.at(-1)).toMatchObject({ kind: 'video' })
    await rig.says({ type: 'ambient.ended', ambient: 'm' })
    expect(rig.mic.enabled).toBe(false)
    expect([FakePeer.cameraTracks.at(-1), session.live.view.value.name, rig.socket.count('live.stop')]).toEqual([null, 'off', 1])
  })

  it('leaves a picture alone that was live before', async () => {
    await session.live.start('back')
    await rig.says({ type: 'ambient.asked', ambient: 'm', picture: true, notice: true })
    await rig.says({ type: 'ambient.ended', ambient: 'm' })
    expect(session.live.view.value.name).toBe('live')
  })

  it('without a notice makes no sound', async () => {
    await rig.says({ type: 'ambient.asked', ambient: 'm', picture: false, notice: false })
    expect(rig.tones).toEqual([])
  })

  it('says why it cannot be heard', async () => {
    session.mic.state.value = { name: 'trouble', trouble: 'denied' }
    vi.spyOn(session.mic, 'open').mockResolvedValue()
    await rig.says({ type: 'ambient.asked', ambient: 'm', picture: false, notice: true })
    expect(rig.socket.find('ambient.report')).toMatchObject({ on: false, reason: 'denied' })
    expect(rig.mic.enabled).toBe(false)
  })
})

describe('listening in', () => {
  it('is shown at once, and gone when the server refuses', async () => {
    session.ambient.start('car2', false)
    expect(Object.values(session.model().listening)).toMatchObject([{ unit: 'car2', state: 'asked' }])
    await rig.refuses('ambient.start', 'busy')
    expect(session.model().listening).toEqual({})
    expect(session.notices.value[0]).toMatchObject({ values: { what: 'ambient', code: 'busy' } })
  })
})

describe('groups', () => {
  it('are made with what was chosen', async () => {
    const made = session.groups.make({ name: '集市', units: ['car2'], area: [], incident: '' })
    expect(rig.socket.find('group.make')).toEqual({ type: 'group.make', group: expect.any(String) as string, name: '集市', units: ['car2', 'car1'], id: expect.any(String) as string })
    await rig.says({ type: 'ok', re: rig.socket.find('group.make')!.id! })
    expect(await made).toBe(rig.socket.find('group.make')!.group)
  })

  it('that cannot be joined say why', async () => {
    const patched = session.groups.patch(['g', 'h'])
    await rig.refuses('group.patch', 'busy')
    expect(await patched).toBeUndefined()
    expect(session.notices.value[0]).toMatchObject({ values: { what: 'patch', code: 'busy' } })
  })
})
