// @vitest-environment happy-dom
import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { addWords } from '@/i18n'
import words from '@/i18n/zh/mediation'
import type { MediationState, TableExhibit } from '@/protocol/messages'
import type { Table } from '../table'
import ExhibitView from './ExhibitView.vue'
import { markOf, moved, pathOf, spotAt, type Spot } from './marks'

addWords(words)

describe('a mark', () => {
  it('lies in thousandths of the picture, whatever its size on the screen', () => {
    const box = { left: 10, top: 20, width: 200, height: 50 }
    expect(spotAt({ clientX: 110, clientY: 45 }, box)).toEqual([500, 500])
    expect(spotAt({ clientX: -5, clientY: 999 }, box)).toEqual([0, 1000])
  })

  it('has one point, two corners, or as many as the server takes', () => {
    const line = Array.from({ length: 437 }, (_, i): Spot => [i, i % 7])
    const sent = markOf('e', 'line', line)!.points.split(' ')
    expect(sent.length).toBeLessThanOrEqual(100)
    expect([sent[0], sent[sent.length - 1]]).toEqual(['0,0', '436,2'])
    expect(markOf('e', 'box', line)!.points).toBe('0,0 436,2')
    expect(markOf('e', 'point', line)!.points).toBe('0,0')
    expect([markOf('e', 'box', [[1, 1]]), markOf('e', 'line', [[1, 1], [1, 1]]), markOf('e', 'point', [])]).toEqual([undefined, undefined, undefined])
  })

  it('is drawn as a path', () => {
    expect(pathOf({ shape: 'box', points: '1,2 30,40' })).toBe('M1 2H30V40H1Z')
    expect(pathOf({ shape: 'line', points: '1,2 3,4' })).toBe('M1 2L3 4')
    expect(pathOf({ shape: 'point', points: '5,6' })).toBe('M5 6h0.01')
  })

  it('is steered by arrow keys, and stays on the picture', () => {
    expect(moved([990, 0], 'ArrowRight', false)).toEqual([1000, 0])
    expect(moved([500, 500], 'ArrowUp', true)).toEqual([500, 400])
    expect(moved([500, 500], 'a', false)).toBeUndefined()
  })
})

describe('what lies on the table', () => {
  let page: VueWrapper | undefined
  afterEach(() => page?.unmount())

  const exhibit = (more: Partial<TableExhibit> = {}): TableExhibit => ({ evidence: 'e-1', kind: 'picture', title: '院墙.jpg', by: 'p1', to: 'joint', mine: false, href: '/table/evidence/e-1', marks: [], ...more })
  const state = { me: 'p2', role: 'party', room: 'joint', people: [{ id: 'p1', name: '调解员' }] } as unknown as MediationState
  function shown(exhibits: TableExhibit[], role = 'party') {
    const say = vi.fn(async (): Promise<string | undefined> => undefined)
    page = mount(ExhibitView, { props: { table: { say } as unknown as Table, state: { ...state, role } as MediationState, exhibits } })
    return { say, page }
  }

  it('is marked by keyboard alone', async () => {
    const { say, page } = shown([exhibit()])
    const surface = page.find('[data-testid="exhibit-surface"]')
    await surface.trigger('keydown', { key: 'Enter' })
    expect(say).not.toHaveBeenCalled()
    await page.find('[data-tool="box"]').trigger('click')
    await surface.trigger('keydown', { key: 'Enter' })
    await surface.trigger('keydown', { key: 'ArrowRight', shiftKey: true })
    await surface.trigger('keydown', { key: 'ArrowDown', shiftKey: true })
    await surface.trigger('keydown', { key: 'Enter' })
    expect(say).toHaveBeenCalledWith({ type: 'exhibit.mark', evidence: 'e-1', shape: 'box', points: '500,500 600,600' })
  })

  it('says why something was refused', async () => {
    const { say, page } = shown([exhibit({ mine: true, marks: [{ by: 'p1', shape: 'point', points: '5,5' }] })])
    say.mockResolvedValue('no-such-exhibit')
    await page.find('[data-testid="exhibit-clear"]').trigger('click')
    expect(page.find('[role="alert"]').text()).toContain('不是给您看的')
  })

  it('comes to the front as it is laid there, and goes when it is taken off', async () => {
    const { page } = shown([exhibit()])
    await page.setProps({ exhibits: [exhibit(), exhibit({ evidence: 'e-2', title: '借条.pdf', kind: 'document' })] })
    expect(page.find('[data-testid="exhibit-title"]').text()).toContain('借条.pdf')
    expect(page.find('[data-testid="exhibit-document"]').exists()).toBe(true)
    await page.setProps({ exhibits: [exhibit()] })
    expect(page.find('[data-testid="exhibit-title"]').text()).toContain('院墙.jpg')
    await page.setProps({ exhibits: [] })
    expect(page.html()).not.toContain('院墙')
  })

  it('has no tools for who only listens, and no button for who may not take it off', () => {
    const { page } = shown([exhibit({ marks: [{ by: 'p1', shape: 'point', points: '5,5' }] })], 'observer')
    for (const gone of ['[data-tool]', '[data-testid="exhibit-clear"]', '[data-testid="exhibit-remove"]']) expect(page.find(gone).exists()).toBe(false)
    expect(page.find('[data-testid="exhibit-mark"]').exists()).toBe(true)
  })
})
