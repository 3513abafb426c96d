// @vitest-environment happy-dom
import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { addWords } from '@/i18n'
import words from '@/i18n/zh/mediation'
import type { TablePerson, TablePhone } from '@/protocol/messages'
import PersonTile from '../PersonTile.vue'
import type { Table } from '../table'
import PhoneActs from './PhoneActs.vue'

addWords(words)

describe('a telephone at the table', () => {
  let page: VueWrapper | undefined
  afterEach(() => page?.unmount())

  const person = (phone: Partial<TablePhone>): TablePerson => ({ id: 'p2', name: '张某', role: 'party', present: false, together: false, bound: false, identified: false, phone: { here: false, muted: false, callable: true, ...phone } })

  function shown(phone: Partial<TablePhone>, refused?: string) {
    const say = vi.fn(async (): Promise<string | undefined> => refused)
    page = mount(PhoneActs, { props: { table: { say } as unknown as Table, person: person(phone) } })
    return { say, page }
  }

  it('is called by one press, and again by one press after it dropped', async () => {
    const first = shown({})
    await first.page.find('[data-dial="p2"]').trigger('click')
    expect(first.say).toHaveBeenCalledWith({ type: 'telephone.dial', person: 'p2' })
    page!.unmount()
    const dropped = shown({ call: 'lost' })
    expect(dropped.page.text()).toContain('电话断了')
    expect(dropped.page.find('[data-dial="p2"]').text()).toContain('再拨')
    expect(dropped.page.find('[data-hang-up]').exists()).toBe(false)
  })

  it('is not called where no number is kept, nor while there is a call', () => {
    expect(shown({ callable: false }).page.find('button').exists()).toBe(false)
    page!.unmount()
    for (const call of ['dialling', 'ringing', 'notice', 'seated'] as const) {
      const { page: now } = shown({ call })
      expect([now.find('[data-dial]').exists(), now.find('[data-hang-up]').exists()]).toEqual([false, true])
      now.unmount()
    }
  })

  it('is muted while they sit by it, and what is refused is said in words', async () => {
    const { say, page: now } = shown({ here: true, call: 'seated' }, 'no-gateway')
    await now.find('[data-mute="p2"]').trigger('click')
    expect(say).toHaveBeenCalledWith({ type: 'telephone.mute', person: 'p2', on: true })
    await vi.waitFor(() => expect(now.emitted('refused')).toEqual([['现在没有接上电话网，不能拨打。']]))
  })

  it('has a mark where others have a picture, and nobody waits for one', () => {
    page = mount(PersonTile, { props: { person: person({ here: true, muted: true }), stream: undefined } })
    expect(page.find('[data-testid="by-telephone"]').text()).toBe('☎ 电话 · 已被调解员静音')
    expect(page.find('[data-testid="no-picture"]').exists()).toBe(false)
  })
})
