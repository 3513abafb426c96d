// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { preferences } from '@/app/preferences'
import { SessionRig } from '../../../tests/session-rig'
import { show, type Shown } from '../../../tests/page-rig'
import SettingsSheet from './SettingsSheet.vue'

let rig: SessionRig
let shown: Shown

beforeEach(async () => {
  rig = new SessionRig()
  await rig.greets()
  shown = show(SettingsSheet, rig, { bottom: true })
})
afterEach(() => {
  shown.wrapper.unmount()
  rig.close()
  preferences.value = { ...preferences.value, talkKeys: [], latch: false, ring: false }
  localStorage.clear()
})

const kept = (): object => JSON.parse(localStorage.getItem('maplebridge.preferences') ?? '{}') as object

describe('the settings', () => {
  it('are kept on this device, and the server is told how calls are taken', async () => {
    await shown.at('setting-latch').setValue(true)
    await shown.at('setting-ring').setValue(true)
    expect(kept()).toMatchObject({ latch: true, ring: true })
    expect(rig.socket.find('call.mode')).toMatchObject({ answer: 'manual' })
  })

  it('learn the next key or button that is pressed, and forget it again', async () => {
    await shown.at('learn-key').trigger('click')
    const pedal = new KeyboardEvent('keydown', { code: 'F13', key: 'F13', bubbles: true, cancelable: true })
    document.body.dispatchEvent(pedal)
    expect([kept(), pedal.defaultPrevented]).toMatchObject([{ talkKeys: ['code:F13'] }, true])
    await rig.settled()
    await shown.at('learn-key').trigger('click')
    document.body.dispatchEvent(new MouseEvent('mousedown', { button: 4, bubbles: true, cancelable: true }))
    await rig.settled()
    expect(kept()).toMatchObject({ talkKeys: ['code:F13', 'button:4'] })
    await shown.wrapper.find('[data-key="code:F13"] button').trigger('click')
    expect(kept()).toMatchObject({ talkKeys: ['button:4'] })
  })

  it('learn nothing from Escape, Tab or a touch of the left button', async () => {
    await shown.at('learn-key').trigger('click')
    document.body.dispatchEvent(new MouseEvent('mousedown', { button: 0, bubbles: true }))
    document.body.dispatchEvent(new KeyboardEvent('keydown', { code: 'Tab', key: 'Tab', bubbles: true }))
    await rig.settled()
    expect(shown.at('learn-key').exists()).toBe(false)
    document.body.dispatchEvent(new KeyboardEvent('keydown', { code: 'Escape', key: 'Escape', bubbles: true }))
    await rig.settled()
    expect([shown.at('learn-key').exists(), preferences.value.talkKeys]).toEqual([true, []])
  })

  it('let every tone be heard', () => {
    for (const tone of ['permit', 'deny', 'busy', 'queued', 'revoke', 'limit', 'end', 'free', 'lost', 'restored', 'ring', 'alert']) expect(shown.at(`tone-${tone}`).exists(), tone).toBe(true)
  })
})
