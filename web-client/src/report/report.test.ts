// @vitest-environment happy-dom
import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { addWords } from '@/i18n'
import words from '@/i18n/zh/report'
import { addressOf } from './address'
import ReportForm from './ReportForm.vue'
import ReportState from './ReportState.vue'

addWords(words)

type Answer = [status: number, body?: unknown, headers?: Record<string, string>]
let answers: Record<string, Answer>
let posted: { path: string; body: Record<string, unknown> }[]
let page: VueWrapper | undefined

beforeEach(() => {
  posted = []
  sessionStorage.clear()
  localStorage.clear()
  answers = { 'GET /api/public/codes/q7': [200, { code: 'q7', title: { zh: '东海大道 井盖', en: 'Manhole covers' }, kind: 'manhole', place: '东海大道12号', node: 'xinhe' }] }
  vi.stubGlobal('fetch', vi.fn(async (path: string, { method = 'GET', body, headers: sentHeaders }: RequestInit) => {
    expect(sentHeaders).not.toHaveProperty('Authorization')
    if (body) posted.push({ path, body: JSON.parse(body as string) as Record<string, unknown> })
    const [status, said, headers] = answers[`${method} ${path}`] ?? [404, { code: 'unknown-code' }]
    if (status === 0) throw new TypeError('no way')
    return new Response(status === 204 ? null : JSON.stringify(said), { status, headers })
  }))
})
afterEach(() => {
  page?.unmount()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const settled = async (): Promise<void> => {
  await vi.waitFor(() => expect(page!.find('[role="status"].card').exists()).toBe(false))
}
const at = (id: string) => page!.find(`[data-testid="${id}"]`)

async function write(text: string): Promise<void> {
  page = mount(ReportForm, { props: { code: 'q7' } })
  await settled()
  await at('report-text').setValue(text)
  await at('report-form').trigger('submit')
}

it('an address is a code, a receipt, or nothing that we know', () => {
  expect(['/report/q7', '/report/r/k9', '/report/r/%E6%9E%AB', '/report', '/report/r/a/b', '/console'].map(addressOf)).toEqual([
    { name: 'code', code: 'q7' }, { name: 'receipt', receipt: 'k9' }, { name: 'receipt', receipt: '枫' }, { name: 'nowhere' }, { name: 'nowhere' }, { name: 'nowhere' },
  ])
})

describe('a report', () => {
  it('says what the code stands for, is sent without an account, and is found again on this device', async () => {
    answers['POST /api/public/reports'] = [201, { receipt: 'r1' }]
    await write(' 井盖松动 ')
    await vi.waitFor(() => expect(page!.emitted('sent')).toEqual([['r1']]))
    expect(page!.find('h1').text()).toBe('东海大道 井盖')
    expect(posted).toEqual([{ path: '/api/public/reports', body: { code: 'q7', clientId: expect.any(String), text: '井盖松动' } }])
    expect(JSON.parse(localStorage.getItem('maplebridge.reported')!)).toMatchObject([{ receipt: 'r1', text: '井盖松动' }])
  })

  it('that found no network keeps its words over a reload, and is the same report then', async () => {
    answers['POST /api/public/reports'] = [0]
    await write('井盖松动')
    await vi.waitFor(() => expect(at('report-problem').text()).toContain('没有网络'))
    page!.unmount()
    page = mount(ReportForm, { props: { code: 'q7' } })
    await settled()
    expect((at('report-text').element as HTMLTextAreaElement).value).toBe('井盖松动')
    await at('report-form').trigger('submit')
    await vi.waitFor(() => expect(posted).toHaveLength(2))
    expect(posted[1]!.body.clientId).toBe(posted[0]!.body.clientId)
  })

  it('that comes too often is told when to come again', async () => {
    answers['POST /api/public/reports'] = [429, { code: 'too-many-requests' }, { 'Retry-After': '42' }]
    await write('井盖松动')
    await vi.waitFor(() => expect(at('report-problem').text()).toContain('42 秒'))
  })

  it('that had arrived before its words were changed is sent as another one', async () => {
    answers['POST /api/public/reports'] = [409, { code: 'id-taken' }]
    await write('井盖松动')
    await vi.waitFor(() => expect(at('report-problem').text()).toContain('已经收到'))
    await at('report-form').trigger('submit')
    await vi.waitFor(() => expect(posted).toHaveLength(2))
    expect(posted[1]!.body.clientId).not.toBe(posted[0]!.body.clientId)
  })

  it('of nothing is not sent; a code that nobody knows says so', async () => {
    await write('  ')
    expect([posted.length, at('report-problem').text()]).toEqual([0, '请写明是什么事'])
    page!.unmount()
    page = mount(ReportForm, { props: { code: 'zz' } })
    await settled()
    expect(at('report-trouble').attributes('data-code')).toBe('unknown-code')
  })
})

describe('what was reported', () => {
  const state = { number: '2026-7', state: 'handling', openedAt: '2026-11-21T06:30:00Z', rated: false }

  it('shows how far it has come, and cannot be rated before it is closed', async () => {
    answers['GET /api/public/reports/r1'] = [200, state]
    page = mount(ReportState, { props: { receipt: 'r1' } })
    await settled()
    expect([page.find('h1').text(), page.find('[aria-current]').text(), at('report-rate').exists()]).toEqual(['正在办理', '正在办理', false])
  })

  it('once closed is rated by stars, once, though the first answer was lost', async () => {
    answers['GET /api/public/reports/r1'] = [200, { ...state, state: 'closed', closedAt: '2026-11-22T06:30:00Z', result: '井盖已更换' }]
    answers['POST /api/public/reports/r1/rating'] = [409, { code: 'rated-already' }]
    page = mount(ReportState, { props: { receipt: 'r1' } })
    await settled()
    expect(page.text()).toContain('井盖已更换')
    await at('report-rate').trigger('submit')
    expect([posted.length, page.text().includes('请先点星星')]).toEqual([0, true])
    await at('star-4').setValue()
    expect(page.text()).toContain('4 星 满意')
    await at('report-rate').trigger('submit')
    await vi.waitFor(() => expect(at('report-thanks').exists()).toBe(true))
    expect(posted[0]!.body).toEqual({ stars: 4 })
  })
})
