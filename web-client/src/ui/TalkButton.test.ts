// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import TalkButton from './TalkButton.vue'

function button() {
  const calls: [number, number] = [0, 0]
  const listeners = { onPress: () => void calls[0]++, onLetGo: () => void calls[1]++ }
  const wrapper = mount(TalkButton, { props: { state: 'idle', label: '按住说话', ...listeners }, attachTo: document.body })
  const count = (): [number, number] => calls
  return { wrapper, count }
}

describe('the talk button', () => {
  it.each(['pointerup', 'pointercancel', 'lostpointercapture', 'contextmenu', 'blur'])('lets go on %s', async (ending) => {
    const { wrapper, count } = button()
    await wrapper.trigger('pointerdown', { button: 0, pointerId: 1 })
    expect(count()).toEqual([1, 0])
    await wrapper.trigger(ending)
    expect(count()).toEqual([1, 1])
  })

  it('lets go when it leaves the page', async () => {
    const { wrapper, count } = button()
    await wrapper.trigger('pointerdown', { button: 0, pointerId: 1 })
    wrapper.unmount()
    expect(count()).toEqual([1, 1])
  })

  it('can be held by the keyboard', async () => {
    const { wrapper, count } = button()
    await wrapper.trigger('keydown', { code: 'Space', key: ' ' })
    await wrapper.trigger('keydown', { code: 'Space', key: ' ', repeat: true })
    await wrapper.trigger('keyup', { code: 'Space', key: ' ' })
    expect(count()).toEqual([1, 1])
  })

  it('is a switch for who cannot hold', async () => {
    let toggled = 0
    const { wrapper, count } = button()
    await wrapper.setProps({ latch: true, latched: true, onToggle: () => void toggled++ })
    await wrapper.trigger('pointerdown', { button: 0, pointerId: 1 })
    await wrapper.trigger('pointerup')
    await wrapper.trigger('click')
    expect([toggled, count(), wrapper.attributes('aria-pressed')]).toEqual([1, [0, 0], 'true'])
  })

  it('ignores other mouse buttons', async () => {
    const { wrapper, count } = button()
    await wrapper.trigger('pointerdown', { button: 2, pointerId: 1 })
    expect(count()).toEqual([0, 0])
  })
})
