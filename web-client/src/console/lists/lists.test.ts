// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { account } from '@/app/account'
import { show, type Shown } from '../../../tests/page-rig'
import { SessionRig } from '../../../tests/session-rig'
import ListsPage from './ListsPage.vue'

type Asked = [method: string, path: string]

let rig: SessionRig
let shown: Shown
let asked: Asked[]
let answers: Record<string, [number, unknown?]>

const item = (id: string, owner = '执法局') => ({ item: id, text: `事项 ${id}`, owner })
const code = (id: string, more: object = {}) => ({ code: id, title: { zh: '集市', en: 'Market' }, kind: 'noise', place: '集市', node: 'x', severity: 'yellow', ...more })

beforeEach(async () => {
  asked = []
  answers = {
    'GET /api/ownership': [200, { version: 2, items: [item('1')] }], 'GET /api/ownership/versions': [200, [{ version: 2, at: '2026-11-29T04:00:00Z', by: '管理员', items: 1 }]],
    'GET /api/codes': [200, [code('a'), code('b', { withdrawnAt: '2026-11-29T04:00:00Z' })]],
  }
  account.value = { token: 't', user: { id: 'u' } } as never
  vi.stubGlobal('fetch', vi.fn(async (url: string, { method = 'GET' }: RequestInit) => {
    const path = url.replace('http://x', '')
    asked.push([method, path])
    const [status, body] = answers[`${method} ${path}`] ?? [404, { code: 'not-visible' }]
    return new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
  }))
  rig = new SessionRig('console', ['admin'])
  await rig.greets(false, { nodes: [{ id: 'x', name: '新河镇', kind: 'town' }] })
  shown = show(ListsPage, rig)
  await rig.settled()
})
afterEach(() => {
  shown.wrapper.unmount()
  rig.close()
  account.value = undefined
})

async function choose(name: string): Promise<void> {
  const field = shown.at('ownership-file').element as HTMLInputElement
  Object.defineProperty(field, 'files', { value: [new File(['x'], name)], configurable: true })
  await shown.at('ownership-file').trigger('change')
  await rig.settled()
}

describe('lists of an administrator', () => {
  it('show who imported which list, and a file before it is taken', async () => {
    expect(shown.at('ownership-version').text()).toContain('管理员')
    answers['POST /api/ownership/preview'] = [200, { items: 2, added: [item('2')], changed: [item('1', '住建局')], removed: [] }]
    answers['POST /api/ownership'] = [201, { version: 3, items: 2 }]
    await choose('list.csv')
    expect(shown.at('ownership-preview').text()).toContain('新增 1，变更 1，去掉 0')
    expect(asked.filter(([method]) => method === 'POST')).toEqual([['POST', '/api/ownership/preview']])
    await shown.at('ownership-take').trigger('click')
    await rig.settled()
    expect(asked).toContainEqual(['POST', '/api/ownership'])
    expect(shown.at('ownership-said').text()).toContain('第 3 版')
  })

  it('say which line of a file is not taken, and why', async () => {
    answers['POST /api/ownership/preview'] = [400, { code: 'sheet-formula-cell', line: '3' }]
    await choose('list.xlsx')
    expect(shown.at('ownership-problem').text()).toContain('第 3 行：含公式')
    expect(shown.at('ownership-preview').exists()).toBe(false)
  })

  it('print a code as it is scanned, and withdraw one only when asked twice', async () => {
    await shown.at('lists-codes').trigger('click')
    await rig.settled()
    expect(shown.at('code-b').attributes('data-withdrawn')).toBe('true')
    await shown.at('print-a').trigger('click')
    expect(shown.at('code-qr').attributes('data-address')).toMatch(/\/report\/a$/)
    expect(shown.at('code-qr').attributes('src')).toContain('svg')
    answers['DELETE /api/codes/a'] = [204]
    await shown.at('withdraw-a').trigger('click')
    expect(asked.some(([method]) => method === 'DELETE')).toBe(false)
    await shown.at('withdraw-a-sure').trigger('click')
    await rig.settled()
    expect(asked).toContainEqual(['DELETE', '/api/codes/a'])
  })
})
