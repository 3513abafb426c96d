// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { alert, call, group, SessionRig } from '../../tests/session-rig'
import type { TalkDesk } from './talk-desk'

let rig: SessionRig
let talk: TalkDesk

beforeEach(async () => {
  rig = new SessionRig('console')
  talk = rig.session.talk
  await rig.greets(false, { groups: [group('g'), group('k')] })
  await rig.agrees()
})
afterEach(() => rig.close())

describe('a private call', () => {
  it('takes the key while it lasts', async () => {
    talk.choose('k')
    await rig.says({ type: 'call.opened', ...call('c') })
    expect(talk.targets.value).toEqual(['c'])
    talk.press('key')
    await rig.grants('c')
    await rig.says({ type: 'call.closed', call: 'c', cause: 'hungUp' })
    expect([talk.targets.value, talk.talks.value.get('c')?.name ?? 'idle', rig.mic.enabled]).toEqual([['k'], 'idle', false])
  })

  it('without a floor leaves the key to the groups', async () => {
    await rig.says({ type: 'call.opened', ...call('c', { oneAtATime: false }) })
    expect(talk.targets.value).toEqual(['g'])
  })
})

describe('a call for help of our own', () => {
  it('takes the key to its group until it is over', async () => {
    talk.choose('k')
    await rig.says({ type: 'alert.changed', alert: alert('a') })
    expect(talk.targets.value).toEqual(['g'])
    await rig.says({ type: 'alert.changed', alert: alert('z', { unit: 'car2', group: 'k' }) })
    await rig.says({ type: 'alert.changed', alert: alert('a', { phase: 'active' }) })
    expect(talk.targets.value).toEqual(['g'])
    await rig.says({ type: 'alert.changed', alert: alert('a', { phase: 'closed' }) })
    expect(talk.targets.value).toEqual(['k'])
  })

  it('leaves the key where somebody has put it meanwhile', async () => {
    await rig.says({ type: 'alert.changed', alert: alert('a') })
    talk.choose('k')
    await rig.says({ type: 'alert.changed', alert: alert('a', { phase: 'active' }) })
    await rig.says({ type: 'alert.changed', alert: alert('a', { phase: 'closed' }) })
    expect(talk.targets.value).toEqual(['k'])
  })
})
