// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { show, type Shown } from '../../../tests/page-rig'
import { SessionRig } from '../../../tests/session-rig'
import ActionBar from './ActionBar.vue'
import { CASE, CaseDesk } from './case-desk'
import { CONSULT, ConsultDesk } from '../consult/consult-desk'
import { IncidentDesk, INCIDENTS } from './incident-desk'
import IncidentList from './IncidentList.vue'
import IncidentPage from './IncidentPage.vue'

type Answer = [status: number, body?: unknown]
interface Asked { method: string; path: string; body: Record<string, unknown> | undefined }

const AT = '2026-11-21T06:30:00.000Z'
const listed = { id: 'i1', number: '2026-1', title: '挖掘机弄脏院子', severity: 'orange', state: 'handling', step: 'handling', overdue: false, node: 'x', place: '长屿村', openedAt: AT, version: 3, rooms: [{ node: 'x', role: 'owner', state: 'accepted', offeredAt: AT, answeredAt: AT }, { node: 'y', role: 'joint', state: 'offered', offeredAt: AT }] }
const whole = {
  ...listed, loop: 'seven', text: '泥浆进院', reporter: { name: '林**', phone: '*******1234' },
  steps: [{ id: 'received', name: '受理', state: 'done', owner: 'owner', leftAt: AT }, { id: 'handling', name: '整改', state: 'current', owner: 'rooms' }, { id: 'feedback', name: '反馈', state: 'ahead', owner: 'owner' }],
  callbacks: [], attendance: [{ who: 'police', name: '民警' }], reports: [], may: ['advance', 'callback', 'note'], gates: [{ action: 'close', code: 'callback-required' }],
}
const LINES = [
  { at: AT, kind: 'opened', who: '王敏', details: { state: 'RECEIVED', source: 'CITIZEN' } }, { at: AT, kind: 'advance', who: '王敏', text: '已联系', details: { step: 'handling' } }, { at: AT, kind: 'accept', who: '赵强', details: { node: 'y' } },
  { at: AT, kind: 'orderStep', who: '车1', details: { number: '12', step: 'accepted' } }, { at: AT, kind: 'burst', who: '李强', details: { burst: 'b1', durationMs: '6100', audio: 'true' } }, { at: AT, kind: 'newer', details: {} },
]

let rig: SessionRig
let list: IncidentDesk
let desk: CaseDesk
let shown: Shown | undefined
let asked: Asked[]
let answers: Record<string, Answer>

/** A server that a test speaks for, by method and path. */
function serve(): void {
  vi.stubGlobal('fetch', vi.fn(async (url: string, { method = 'GET', body }: RequestInit) => {
    const path = url.slice('http://x'.length).replace(/\?.*/, '')
    asked.push({ method, path, body: body ? (JSON.parse(body as string) as Asked['body']) : undefined })
    const [status, said] = answers[`${method} ${path}`] ?? [404, { code: 'not-visible' }]
    if (status === 0) throw new TypeError('no way')
    return new Response(status === 204 ? null : JSON.stringify(said), { status, headers: { 'content-type': 'application/json' } })
  }))
}

beforeEach(async () => {
  asked = []
  answers = { 'GET /api/incidents': [200, [listed]], 'GET /api/incidents/i1': [200, whole], 'GET /api/incidents/i1/timeline': [200, LINES] }
  rig = new SessionRig('console', ['talk', 'dispatch'])
  serve()
  await rig.greets(false, { nodes: [{ id: 'x', name: '新河镇', kind: 'town' }, { id: 'y', name: '新河派出所', kind: 'police' }] })
  list = new IncidentDesk(rig.session, 't')
  desk = new CaseDesk(rig.session, list)
  await list.look()
  desk.open('i1')
  await rig.settled()
})
afterEach(() => {
  shown?.wrapper.unmount()
  shown = undefined
  list.stop()
  desk.stop()
  rig.close()
})

const view = (component: unknown, props: Record<string, unknown> = {}): Shown => (shown = show(component as never, rig, props, { [INCIDENTS as symbol]: list, [CASE as symbol]: desk, [CONSULT as symbol]: new ConsultDesk(rig.session, 't') }))
const posts = () => asked.filter(({ method }) => method === 'POST')

describe('the incident page', () => {
  it('shows the steps, both rooms, who is to come, and everything on one time line', () => {
    view(IncidentPage)
    expect(shown!.all('step').map((step) => step.attributes('data-state'))).toEqual(['done', 'current', 'ahead'])
    expect(shown!.all('handling').map((room) => `${room.attributes('data-node')} ${room.attributes('data-state')}`)).toEqual(['x accepted', 'y offered'])
    expect(shown!.at('attendance').text()).toContain('民警')
    expect(shown!.at('reporter').text()).toContain('林** · *******1234')
    expect(shown!.all('timeline-line').map((line) => line.text())).toEqual([
      '有变动', '讲话 6 秒', '第 12 号指令：已接受', '新河派出所接收', '转入“整改”：已联系', '收到（群众扫码）',
    ].map((words) => expect.stringContaining(words) as string))
    expect(shown!.at('burst-play').attributes('data-burst')).toBe('b1')
  })

  it('says that it did not load, and loads when it is asked again', async () => {
    answers['GET /api/incidents/i2'] = [0]
    desk.open('i2')
    await rig.settled()
    view(IncidentPage)
    expect(shown!.wrapper.text()).toContain('没有载入')
    answers['GET /api/incidents/i2'] = [200, { ...whole, id: 'i2' }]
    await shown!.wrapper.find('.empty button').trigger('click')
    await rig.settled()
    expect(shown!.all('step')).toHaveLength(3)
  })
})

describe('acts', () => {
  it('are done by a letter, with the version that was seen', async () => {
    answers['POST /api/incidents/i1/actions'] = [200, { ...whole, version: 4, state: 'feedback', step: 'feedback' }]
    view(ActionBar, { found: desk.shown.value })
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'g' }))
    await rig.settled()
    expect(posts().map(({ body }) => body)).toEqual([{ action: 'advance', version: 3, clientId: expect.any(String) }])
    expect(desk.shown.value).toMatchObject({ version: 4, step: 'feedback' })
    expect(list.find('i1')).toMatchObject({ version: 4, state: 'feedback' })
  })

  it('that turn out to need words ask for them', async () => {
    answers['POST /api/incidents/i1/actions'] = [409, { code: 'evidence-required' }]
    view(ActionBar, { found: desk.shown.value })
    await shown!.at('case-do-advance').trigger('click')
    await rig.settled()
    expect(shown!.at('case-sheet').attributes('data-action')).toBe('advance')
    answers['POST /api/incidents/i1/actions'] = [200, { ...whole, version: 4 }]
    await shown!.at('case-note').setValue('已冲洗路面')
    await shown!.at('case-sheet').trigger('submit')
    await rig.settled()
    expect(posts().at(-1)!.body).toMatchObject({ action: 'advance', note: '已冲洗路面' })
  })

  it('that need words ask for them, and sent again after a lost answer they are the same act', async () => {
    answers['POST /api/incidents/i1/actions'] = [0]
    view(ActionBar, { found: desk.shown.value })
    await shown!.at('case-do-callback').trigger('click')
    await shown!.at('case-send').trigger('submit')
    expect(shown!.wrapper.text()).toContain('请填写内容')
    await shown!.at('case-text').setValue('对方说已经洗干净')
    await shown!.at('case-how-refused').setValue()
    await shown!.at('case-sheet').trigger('submit')
    await rig.settled()
    expect(shown!.at('case-sheet-refused').exists()).toBe(true)
    answers['POST /api/incidents/i1/actions'] = [200, { ...whole, version: 4 }]
    await shown!.at('case-sheet').trigger('submit')
    await rig.settled()
    const [first, second] = posts().map(({ body }) => body!)
    expect(second).toMatchObject({ action: 'callback', how: 'refused', text: '对方说已经洗干净', clientId: first!.clientId })
  })

  it('of which somebody else was first are told, with who and when, and the newest state is there', async () => {
    answers['POST /api/incidents/i1/actions'] = [409, { code: 'version-conflict', who: '赵强', at: '2026-11-21T06:35:00.000Z' }]
    view(ActionBar, { found: desk.shown.value })
    answers['GET /api/incidents/i1'] = [200, { ...whole, version: 5, may: ['note'] }]
    await shown!.at('case-do-advance').trigger('click')
    await rig.settled()
    expect(shown!.at('case-conflict').text()).toContain('赵强')
    expect(desk.shown.value!.version).toBe(5)
  })

  it('of which somebody else was first keep their words, to be sent for the newest state', async () => {
    answers['POST /api/incidents/i1/actions'] = [409, { code: 'version-conflict', who: '赵强', at: '2026-11-21T06:35:00.000Z' }]
    answers['GET /api/incidents/i1'] = [200, { ...whole, version: 5 }]
    view(ActionBar, { found: desk.shown.value })
    await shown!.at('case-do-note').trigger('click')
    await shown!.at('case-text').setValue('已通知司机')
    await shown!.at('case-sheet').trigger('submit')
    await rig.settled()
    expect(shown!.at('case-conflict').text()).toContain('赵强')
    answers['POST /api/incidents/i1/actions'] = [200, { ...whole, version: 6 }]
    await shown!.at('case-sheet').trigger('submit')
    await rig.settled()
    expect(posts().at(-1)!.body).toMatchObject({ version: 5, text: '已通知司机' })
    expect(shown!.at('case-sheet').exists()).toBe(false)
  })

  it('that are shut say why, and lead to what opens them', async () => {
    view(ActionBar, { found: desk.shown.value })
    expect(shown!.at('gate').text()).toContain('要先回访当事人')
    await shown!.at('gate-open').trigger('click')
    expect(shown!.at('case-sheet').attributes('data-action')).toBe('callback')
  })
})

describe('the queue', () => {
  it('finds what is too old for the list by asking the server, once the words are written', async () => {
    view(IncidentList, { selected: undefined, mayMake: true })
    answers['GET /api/incidents'] = [200, [{ ...listed, id: 'i0', number: '2025-9', title: '老井盖', state: 'closed', closedAt: AT }]]
    await shown!.at('incidents-all').trigger('click')
    for (const words of ['老', '老井', '老井盖']) await shown!.at('incident-search').setValue(words)
    asked.length = 0
    await rig.settled(500)
    expect(asked).toHaveLength(1)
    expect(shown!.at('incident-i0').text()).toContain('老井盖')
    await shown!.at('incidents-open').trigger('click')
    expect(shown!.wrapper.text()).toContain('没有相符的警情')
  })

  it('says which one is chosen and offers to write one down', () => {
    view(IncidentList, { selected: 'i1', mayMake: true })
    expect(shown!.at('incident-i1').attributes('aria-current')).toBe('true')
    expect(shown!.at('incident-make').exists()).toBe(true)
  })
})

describe('news', () => {
  it('change the queue at once, and a storm of them asks for one list', async () => {
    asked.length = 0
    for (let version = 4; version < 200; version++) list.changed({ ...listed, severity: 'red', version } as never)
    expect(list.find('i1')).toMatchObject({ severity: 'red', version: 199, rooms: listed.rooms })
    await rig.settled(5_100)
    expect(asked.filter(({ path }) => path === '/api/incidents').length).toBe(2) // the open ones and the closed ones, once
  })

  it('of the one that is looked at make it be read again', async () => {
    answers['GET /api/incidents/i1'] = [200, { ...whole, version: 4, title: '挖掘机弄脏院子和路面' }]
    list.changed({ ...listed, version: 4 } as never)
    await rig.settled(1_600)
    expect(desk.shown.value!.title).toContain('路面')
  })

  it('that could not be had are asked for again', async () => {
    answers['GET /api/incidents'] = [0]
    await list.look()
    expect(list.trouble.value).toBe('offline')
    answers['GET /api/incidents'] = [200, []]
    await rig.settled(10_100)
    expect([list.trouble.value, list.incidents.value.length]).toEqual([undefined, 0])
  })
})
