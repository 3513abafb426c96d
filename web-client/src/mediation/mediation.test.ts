// @vitest-environment happy-dom
import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { addWords } from '@/i18n'
import words from '@/i18n/zh/mediation'
import { drawn, isName, typed, type Stroke } from './drawing'
import JoinScreen from './JoinScreen.vue'
import PersonTile from './PersonTile.vue'
import { keepPlace, keptPlace, leavePlace, shownLink } from './place'

addWords(words)

const later = (): string => new Date(Date.now() + 60_000).toISOString()
const line = (points: number): Stroke => Array.from({ length: points }, (_, i) => [10 + i, (i * 7) % 400] as const)

describe('a drawn name', () => {
  it('is points within the sheet, and never more than the server takes', () => {
    expect(drawn([[[-3, 12.4], [1001, 500]], [[7, 8]]])).toBe('0,12 1000,400;7,8')
    const long = drawn([line(990), line(990), line(990)])
    expect(long.length).toBeLessThanOrEqual(16_000)
    expect(long).toMatch(/^(\d+,\d+)([ ;]\d+,\d+)*$/)
  })

  it('is more than a dot', () => {
    expect([isName([]), isName([line(3)]), isName([line(60)])]).toEqual([false, false, true])
    expect(typed(' 张某 ')).toBe('=张某')
  })
})

describe('a place at a table', () => {
  beforeEach(() => {
    sessionStorage.clear()
    localStorage.clear()
  })

  it('outlives a reload, a guest\'s also a closed tab, and ends with its time', () => {
    keepPlace({ token: 't', title: '纠纷', expiresAt: later() }, true)
    sessionStorage.clear()
    expect(keptPlace()?.token).toBe('t')
    leavePlace()
    expect(keptPlace()).toBeUndefined()
    keepPlace({ token: 't', title: '纠纷', expiresAt: later() }, false)
    sessionStorage.clear()
    expect(keptPlace(), 'a mediator\'s desk may be anybody\'s next').toBeUndefined()
    keepPlace({ token: 't', title: '纠纷', expiresAt: '2020-01-01T00:00:00Z' }, true)
    expect(keptPlace()).toBeUndefined()
  })

  it('is asked for by what stands behind # at one address alone', () => {
    const at = (path: string): string | undefined => shownLink(new URL(path, 'https://x') as unknown as Location)
    expect([at('/mediation/join#abc'), at('/mediation/join'), at('/mediation#abc')]).toEqual(['abc', undefined, undefined])
  })
})

describe('a link', () => {
  let page: VueWrapper | undefined
  afterEach(() => {
    page?.unmount()
    vi.unstubAllGlobals()
  })

  it('is used up by a press and not by being looked at; why it does not open is said', async () => {
    const asked = vi.fn(async () => new Response(JSON.stringify({ code: 'invitation-used' }), { status: 409 }))
    vi.stubGlobal('fetch', asked)
    page = mount(JoinScreen, { props: { link: 'abc' } })
    expect(asked).not.toHaveBeenCalled()
    await page.find('[data-testid="join-enter"]').trigger('click')
    await vi.waitFor(() => expect(page!.find('[data-testid="join-problem"]').attributes('data-code')).toBe('invitation-used'))
    expect(page.text()).toContain('已经用过')
    asked.mockImplementation(async () => new Response(JSON.stringify({ token: 't', title: '纠纷', expiresAt: later() }), { status: 201 }))
    await page.find('[data-testid="join-enter"]').trigger('click')
    await vi.waitFor(() => expect(page!.emitted('seated')).toHaveLength(1))
  })
})

describe('a tile', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())
  const person = { id: 'p3', name: '李某', role: 'party', present: true, together: true, bound: true, identified: false } as const

  it('says in words why no picture moves, and nothing while one does', async () => {
    let frames = 0
    const page = mount(PersonTile, { props: { person, stream: {} as MediaStream }, global: { stubs: { StreamVideo: { template: '<video />' } } } })
    page.find('video').element.getVideoPlaybackQuality = () => ({ totalVideoFrames: frames }) as VideoPlaybackQuality
    const why = async (ms: number, perLook: number): Promise<string | undefined> => {
      for (let looked = 0; looked < ms; looked += 500) {
        frames += perLook
        await vi.advanceTimersByTimeAsync(500)
      }
      const words = page.find('[data-testid="no-picture"]')
      return words.exists() ? words.attributes('data-why') : undefined
    }
    expect(await why(2_000, 0), 'it may still come').toBeUndefined()
    expect(await why(2_000, 0)).toBe('none')
    expect(await why(1_000, 5)).toBeUndefined()
    expect(await why(4_000, 0)).toBe('still')
    await page.setProps({ halted: 'paused' })
    expect(page.text()).toContain('网络慢')
    await page.setProps({ halted: 'off' })
    expect(page.find('.letter').exists(), 'an old picture is covered').toBe(true)
    await page.setProps({ halted: undefined, person: { ...person, id: 'p2' } })
    expect(await why(500, 0), 'somebody else begins anew').toBeUndefined()
    page.unmount()
  })
})
