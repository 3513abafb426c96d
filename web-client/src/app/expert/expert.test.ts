// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ServerMessage } from '@/protocol/messages'

const ask = vi.fn()
const session = { listeners: new Set<(message: ServerMessage) => void>(), link: { ask }, play: vi.fn() }
vi.mock('@/app/use-session', () => ({ useSession: () => session }))
const { default: ExpertRing } = await import('./ExpertRing.vue')

describe('somebody who is rung', () => {
  let page: VueWrapper
  const say = async (message: object): Promise<void> => {
    session.listeners.forEach((listener) => listener(message as ServerMessage))
    await flushPromises()
  }
  const rung = { type: 'expert.rung', ring: 'r-1', title: '院墙纠纷', by: '调解员', consultation: false }
  beforeEach(() => {
    ask.mockReset()
    session.play.mockReset()
    page = mount(ExpertRing)
  })
  afterEach(() => {
    page.unmount()
    vi.unstubAllGlobals()
  })

  it('hears it once, though it is said again, until it is over', async () => {
    await say(rung)
    await say(rung)
    expect(session.play).toHaveBeenCalledTimes(1)
    expect(page.text()).toContain('院墙纠纷')
    await say({ type: 'expert.over', ring: 'another' })
    expect(page.find('[role="alertdialog"]').exists()).toBe(true)
    await say({ type: 'expert.over', ring: 'r-1' })
    expect(page.find('[role="alertdialog"]').exists()).toBe(false)
  })

  it('is told whether it is a mediation or a meeting of their own', async () => {
    await say(rung)
    expect(page.text()).toContain('调解员 请您进入调解：院墙纠纷')
    await say({ ...rung, ring: 'r-2', title: '铁三角会商', by: '新河', consultation: true })
    expect(page.text()).toContain('新河 请您参加会商：铁三角会商')
  })

  it('goes in by the window that the press opened, or by a link where none opens', async () => {
    ask.mockImplementation(async () => {
      await say({ type: 'expert.over', ring: 'r-1' })
      return { type: 'expert.invited', path: '/mediation/join#x' }
    })
    const opened = { location: { href: '' }, close: vi.fn() }
    vi.stubGlobal('open', vi.fn(() => opened))
    await say(rung)
    await page.find('[data-testid="expert-accept"]').trigger('click')
    await flushPromises()
    expect(opened.location.href).toBe('/mediation/join#x')
    expect(page.find('[role="alertdialog"]').exists()).toBe(false)
    vi.stubGlobal('open', vi.fn(() => null))
    await say({ ...rung, ring: 'r-1' })
    await page.find('[data-testid="expert-accept"]').trigger('click')
    await flushPromises()
    expect(page.find('[data-testid="expert-open"]').attributes('href')).toBe('/mediation/join#x')
  })

  it('is told when it was too late, and no empty window stays', async () => {
    ask.mockRejectedValue(new Error('no-such-ring'))
    const opened = { location: { href: '' }, close: vi.fn() }
    vi.stubGlobal('open', vi.fn(() => opened))
    await say(rung)
    await page.find('[data-testid="expert-accept"]').trigger('click')
    await flushPromises()
    expect(opened.close).toHaveBeenCalled()
    expect(page.find('[role="alert"]').exists()).toBe(true)
    await page.find('[data-testid="expert-decline"]').trigger('click')
    expect(page.find('[role="alertdialog"]').exists()).toBe(false)
  })
})
