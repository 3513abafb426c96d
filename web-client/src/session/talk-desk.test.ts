// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FloorRelease, FloorRequest } from '@/protocol/messages'
import { alert, FakePeer, group, SessionRig } from '../../tests/session-rig'
import { HOT_MICROPHONE_MS, type TalkDesk } from './talk-desk'

let rig: SessionRig
let talk: TalkDesk

beforeEach(async () => {
  rig = new SessionRig('console', ['talk', 'dispatch', 'floor.override'])
  talk = rig.session.talk
  await rig.greets(false, { groups: [group('g'), group('h', { members: ['car3'], affiliated: false }), group('k')] })
  await rig.agrees()
  await rig.settled(400)
  FakePeer.micTracks.length = 0
})
afterEach(() => rig.close())

const requests = (): FloorRequest[] => rig.socket.sent.filter((message): message is FloorRequest => message.type === 'floor.request')
const releases = (): FloorRelease[] => rig.socket.sent.filter((message): message is FloorRelease => message.type === 'floor.release')
const stateOf = (id: string): string => talk.talks.value.get(id)?.name ?? 'idle'

describe('pressing the talk key', () => {
  it('opens the uplink before the answer, and closes it when the key is let go', async () => {
    talk.press('key')
    expect([rig.mic.enabled, FakePeer.micTracks.length]).toEqual([true, 1])
    await rig.grants('g')
    talk.letGo('key')
    expect(releases()).toHaveLength(1)
    await rig.settled(59)
    expect(rig.mic.enabled).toBe(true)
    await rig.settled(10)
    expect(rig.mic.enabled).toBe(false)
    await rig.settled(300)
    expect(FakePeer.micTracks.at(-1)).toBeNull()
    expect(rig.tones).toEqual(['permit', 'end'])
  })

  it('opens it also while somebody else talks, and shuts it when it has to wait', async () => {
    await rig.says({ type: 'floor.taken', call: 'g', talker: { user: 'z', name: '张三' }, mayRequest: true, tier: 'yellow', since: '' })
    talk.press('key')
    expect(rig.mic.enabled).toBe(true)
    await rig.says({ type: 'floor.queued', call: 'g', position: 1, size: 1 })
    expect(rig.mic.enabled).toBe(false)
    await rig.grants('g')
    expect(rig.mic.enabled).toBe(true)
    expect(rig.tones).toEqual(['queued', 'permit'])
  })

  it('leaves nothing stuck after twenty quick presses in ten seconds', async () => {
    // A server that answers each request after 120 ms and says that the floor is free 90 ms after each release.
    const due: { at: number; run: () => Promise<void> }[] = []
    let heard = 0
    let now = 0
    const listen = (): void => {
      for (; heard < rig.socket.sent.length; heard++) {
        const message = rig.socket.sent[heard]!
        if (message.type === 'floor.request') due.push({ at: now + 120, run: () => rig.grants('g') })
        if (message.type === 'floor.release') due.push({ at: now + 90, run: () => rig.says({ type: 'floor.idle', call: 'g' }) })
      }
    }
    const pass = async (ms: number): Promise<void> => {
      for (let step = 0; step < ms; step += 10) {
        listen()
        await rig.settled(10)
        now += 10
        for (const entry of due.filter(({ at }) => at <= now)) await entry.run()
        due.splice(0, due.length, ...due.filter(({ at }) => at > now))
      }
    }
    for (let round = 0; round < 20; round++) {
      talk.press('key')
      await pass(50 + ((round * 37) % 200))
      talk.letGo('key')
      await pass(450 - ((round * 37) % 200))
    }
    await pass(1500)
    expect(talk.talk.value.name).toBe('idle')
    expect([rig.mic.enabled, FakePeer.micTracks.at(-1)]).toEqual([false, null])
    expect(releases().length).toBeGreaterThanOrEqual(20)
    expect(requests().length).toBeGreaterThanOrEqual(20)
    expect(rig.session.model().groups['g']?.floor).toBeUndefined()
  })

  it('listens to a group before it asks for its floor', () => {
    talk.press('key', { calls: ['h'] })
    const types = rig.socket.types()
    expect(types.indexOf('group.affiliate')).toBeGreaterThan(0)
    expect(types.indexOf('group.affiliate')).toBeLessThan(types.indexOf('floor.request'))
  })

  it('carries override and order, and the order key works for one talk only', async () => {
    talk.press('key', { override: true, order: 'red' })
    expect(requests()[0]).toMatchObject({ call: 'g', override: true, order: { severity: 'red' } })
    talk.letGo('key')
    await rig.settled(400)
    talk.orderNext.value = 'orange'
    talk.press('key')
    expect(requests()[1]!.order).toMatchObject({ severity: 'orange' })
    expect(requests()[1]!.order!.order).not.toBe(requests()[0]!.order!.order)
    talk.letGo('key')
    await rig.settled(400)
    talk.press('key')
    expect(requests()[2]!.order).toBeUndefined()
  })

  it('says why what was said became no order', async () => {
    await rig.says({ type: 'refused', code: 'nothing-said', detail: '', params: { order: 'o' } })
    expect(rig.session.notices.value[0]).toMatchObject({ values: { what: 'spokenOrder', code: 'nothing-said' } })
  })

  it('says in a notice what the server does not allow', async () => {
    talk.press('key')
    await rig.refuses('floor.request', 'not-a-member')
    expect(talk.talk.value).toMatchObject({ name: 'idle', note: { kind: 'denied' } })
    expect(rig.mic.enabled).toBe(false)
    expect(rig.session.notices.value[0]).toMatchObject({ key: 'notice.failed', values: { what: 'talk', code: 'not-a-member' } })
  })

  it('says so when there is nobody to speak to', async () => {
    await rig.greets(false, { groups: [] })
    talk.press('key')
    expect(talk.talk.value).toMatchObject({ note: { kind: 'no-target' } })
    await rig.settled(4100)
    expect(talk.talk.value).toEqual({ name: 'idle' })
  })
})

describe('speaking to several groups', () => {
  beforeEach(() => {
    talk.choose('g')
    talk.choose('k', true)
  })

  it('asks for each floor, and shows each group as it is', async () => {
    talk.press('key')
    expect(requests().map((request) => request.call)).toEqual(['g', 'k'])
    await rig.grants('g')
    await rig.says({ type: 'floor.queued', call: 'k', position: 2, size: 2 })
    expect([stateOf('g'), stateOf('k'), talk.talk.value.name]).toEqual(['talking', 'queued', 'talking'])
    expect(rig.mic.enabled).toBe(true)
    expect(rig.tones).toEqual(['permit'])
    talk.letGo('key')
    expect(releases().map((message) => message.call)).toEqual(['g', 'k'])
  })

  it('goes on in the others when one of them takes the floor away', async () => {
    talk.press('key')
    await rig.grants('g')
    await rig.grants('k')
    await rig.says({ type: 'floor.revoked', call: 'k', cause: 4 })
    expect([stateOf('g'), talk.talk.value.name, rig.mic.enabled]).toEqual(['talking', 'talking', true])
  })

  it('asks once where groups are joined', async () => {
    const patch = { id: 'p', groups: ['g', 'k'], by: '王敏' }
    await rig.says({ type: 'group.changed', group: group('g', { patch }) })
    await rig.says({ type: 'group.changed', group: group('k', { patch }) })
    talk.press('key')
    expect(requests().map((request) => request.call)).toEqual(['g'])
  })
})

describe('a talk while the connection breaks', () => {
  it('goes on when the session is resumed in time', async () => {
    talk.press('key')
    await rig.grants('g')
    await rig.breaks()
    expect([talk.talk.value.name, rig.mic.enabled]).toEqual(['talking', true])
    await rig.greets(true)
    await rig.settled(5000)
    expect([talk.talk.value.name, rig.tones]).toEqual(['talking', ['permit']])
  })

  it('ends audibly after four seconds, and gives the floor back afterwards', async () => {
    talk.press('key')
    await rig.grants('g')
    await rig.breaks()
    await rig.settled(4000)
    expect(talk.talk.value).toMatchObject({ name: 'idle', note: { kind: 'lost' } })
    expect([rig.mic.enabled, rig.tones]).toEqual([false, ['permit', 'lost']])
    await rig.greets(true)
    expect(rig.socket.find('floor.release')).toMatchObject({ call: 'g' })
    expect(rig.tones).toContain('restored')
  })

  it('gives the floor back afterwards when the key was let go meanwhile', async () => {
    talk.press('key')
    await rig.grants('g')
    await rig.breaks()
    talk.letGo('key')
    await rig.settled(100)
    expect(rig.mic.enabled).toBe(false)
    await rig.greets(true)
    expect(rig.socket.find('floor.release')).toMatchObject({ call: 'g' })
  })

  it('is pressed again in a new session, as soon as that has a voice', async () => {
    talk.press('key')
    await rig.grants('g')
    await rig.breaks()
    await rig.greets(false)
    expect(rig.socket.find('floor.request')).toBeUndefined()
    await rig.agrees()
    expect(rig.socket.find('floor.request')).toMatchObject({ call: 'g' })
    expect([talk.talk.value.name, rig.mic.enabled]).toEqual(['asking', true])
    await rig.grants('g')
    expect(rig.tones).toEqual(['permit', 'permit'])
  })

  it('is not pressed again when the key was let go meanwhile', async () => {
    talk.press('key')
    await rig.grants('g')
    await rig.breaks()
    talk.letGo('key')
    await rig.greets(false)
    await rig.agrees()
    expect(rig.socket.find('floor.request')).toBeUndefined()
    expect(rig.socket.find('floor.release')).toBeUndefined()
  })

  it('waits in the queue again in a new session', async () => {
    talk.press('key')
    await rig.says({ type: 'floor.queued', call: 'g', position: 2, size: 2 })
    await rig.breaks()
    await rig.greets(false)
    await rig.agrees()
    expect(rig.socket.find('floor.request')).toMatchObject({ call: 'g' })
  })
})

describe('keys', () => {
  it('talk while one of several is held', async () => {
    talk.press('space')
    talk.press('button')
    await rig.grants('g')
    talk.letGo('space')
    expect(talk.talk.value.name).toBe('talking')
    talk.letGo('button')
    expect(talk.talk.value.name).toBe('ending')
  })

  it('are let go when the window is left or the microphone is gone', async () => {
    talk.press('space')
    talk.press('button')
    await rig.grants('g')
    talk.stuckKeyGuard()
    expect(talk.talk.value.name).toBe('ending')
    expect(releases()).toHaveLength(1)
  })

  it('that are switched go off by themselves after thirty seconds', async () => {
    talk.toggle('latch')
    await rig.grants('g', 60_000)
    expect(talk.latched.value).toBe(true)
    await rig.lives(30_001)
    expect([talk.latched.value, talk.talk.value.name]).toEqual([false, 'ending'])
  })

  it('that are switched go off when their talk is over, and on again at the next touch', async () => {
    talk.toggle('latch')
    await rig.says({ type: 'floor.denied', call: 'g', cause: 1 })
    expect(talk.latched.value).toBe(false)
    talk.toggle('latch')
    expect(requests()).toHaveLength(2)
    await rig.grants('g')
    talk.toggle('latch')
    expect(talk.talk.value.name).toBe('ending')
  })

  it('tell when the group is free that was busy', async () => {
    talk.press('key')
    await rig.says({ type: 'floor.denied', call: 'g', cause: 1, talker: '张三' })
    talk.letGo('key')
    await rig.says({ type: 'floor.idle', call: 'g' })
    await rig.says({ type: 'floor.idle', call: 'g' })
    expect(rig.tones).toEqual(['busy', 'free'])
  })
})

describe('a call for help of our own', () => {
  it('opens the microphone for ten seconds when the server gives the floor', async () => {
    await rig.says({ type: 'alert.changed', alert: alert('a', { phase: 'active' }) })
    await rig.grants('g', 120_000)
    expect([talk.talk.value.name, rig.mic.enabled]).toEqual(['talking', true])
    expect(talk.switchedUntil.value).toBeLessThanOrEqual(Date.now() + HOT_MICROPHONE_MS)
    talk.stuckKeyGuard()
    await rig.settled(HOT_MICROPHONE_MS - 100)
    expect(talk.talk.value.name).toBe('talking')
    await rig.settled(200)
    expect(talk.talk.value.name).toBe('ending')
    expect(releases()).toEqual([expect.objectContaining({ call: 'g' })])
  })

  it('goes on while the key is held beyond that, and speaks with its tier', async () => {
    await rig.says({ type: 'alert.changed', alert: alert('a', { phase: 'active' }) })
    await rig.grants('g', 120_000)
    talk.press('button')
    expect(talk.switchedUntil.value).toBeUndefined()
    await rig.settled(HOT_MICROPHONE_MS + 100)
    expect(talk.talk.value.name).toBe('talking')
    talk.letGo('button')
    await rig.settled(400)
    talk.press('button')
    expect(requests().at(-1)).toMatchObject({ call: 'g', tier: 'red' })
  })

  it('is no reason to take a floor of another group', async () => {
    await rig.says({ type: 'alert.changed', alert: alert('a', { phase: 'active' }) })
    await rig.grants('k')
    expect([stateOf('k'), rig.mic.enabled]).toEqual(['idle', false])
    expect(releases()).toEqual([expect.objectContaining({ call: 'k' })])
  })
})
