// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { lineText } from '@/app/incident/line-text'
import { addWords, setLocale } from '@/i18n'
import caseWords from '@/i18n/zh/case'
import dutyWords from '@/i18n/zh/duty'
import type { Consultation, ConsultationMember } from '@/protocol/messages'
import { SessionRig } from '../../../tests/session-rig'
import { show, type Shown } from '../../../tests/page-rig'
import ConsultBar from './ConsultBar.vue'
import { CONSULT, ConsultDesk } from './consult-desk'
import MeetingList from './MeetingList.vue'

const member = (account: string, state: ConsultationMember['state']): ConsultationMember => ({ person: 'p1', account, name: account, state })
const going: Consultation = { id: 'c-1', preset: 'iron-triangle', town: 'x', title: '铁三角会商：堵塞', incident: 'i1', by: '新河', calledAt: '2026-11-29T12:00:00.000Z', members: [member('x-chief', 'ringing')] }
const presets = [...['x', 'y'].map((town) => ({ id: 'iron-triangle', town, name: '铁三角会商', members: ['甲', '乙'] })), { id: 'weekly', town: 'x', name: '周会商', members: ['甲'], every: 'week', nextAt: '2026-11-30T01:00:00.000Z' }]
const agenda = { preset: 'weekly', town: 'x', from: '2026-11-23', to: '2026-11-29', at: '2026-11-30T01:00:00.000Z', items: [
  { topic: 'closure', count: 8, part: 6, share: 0.75, lines: [] }, { topic: 'kinds', count: 8, part: 8, lines: [{ key: 'noise', text: '', count: 5 }, { key: '', text: '', count: 3 }] }, { topic: 'overdue', count: 1, part: 1, lines: [{ key: 'i1', text: '2026-000001 堵塞', count: 0, due: '2026-11-28T01:00:00.000Z' }] },
] }

describe('meetings by one press', () => {
  let rig: SessionRig
  let desk: ConsultDesk
  let page: Shown
  let refuse: string | undefined
  /** The server's answers wait for it. */
  let answers: Promise<void> | undefined
  const asked: string[] = []

  beforeEach(async () => {
    asked.length = 0
    refuse = answers = undefined
    rig = new SessionRig('console', ['command'])
    vi.stubGlobal('fetch', vi.fn(async (url: string, { method = 'GET', body }: RequestInit) => {
      asked.push(`${method} ${url.slice('http://x'.length)} ${(body as string | undefined) ?? ''}`.trim())
      if (url.includes('/agenda')) return refuse ? Response.json({ code: refuse }, { status: 503 }) : Response.json(agenda)
      await answers
      if (method === 'GET') return Response.json({ presets, open: [going] })
      if (refuse) return Response.json({ code: refuse }, { status: 409 })
      return Response.json(url.endsWith('/end') ? { ...going, endedAt: '2026-11-29T12:30:00.000Z' } : { ...going, id: 'c-2', calledAt: '2026-11-29T12:10:00.000Z' })
    }))
    desk = new ConsultDesk(rig.session, 't')
    await rig.greets(false, {})
    await rig.settled()
    page = show(ConsultBar as never, rig, {}, { [CONSULT as symbol]: desk })
  })
  afterEach(() => {
    page.wrapper.unmount()
    rig.close()
    vi.unstubAllGlobals()
  })

  it('are there when a session begins, and follow the news', async () => {
    expect(desk.open.value.map(({ id }) => id)).toEqual(['c-1'])
    await rig.says({ type: 'consultation.state', consultation: { ...going, members: [member('x-chief', 'declined')] } } as never)
    expect(page.wrapper.find('[data-member="x-chief"]').attributes('data-state')).toBe('declined')
    expect(page.wrapper.text()).toContain('不能来')
    await rig.says({ type: 'consultation.state', consultation: { ...going, endedAt: '2026-11-29T12:30:00.000Z' } } as never)
    expect(desk.open.value).toEqual([])
  })

  it('are offered for the towns that have the incident', () => {
    expect(desk.offered(undefined).map(({ town }) => town)).toEqual(['x', 'y'])
    expect(desk.offered({ rooms: [{ node: 'y' }] } as never).map(({ town }) => town)).toEqual(['y'])
    expect(desk.offered({ rooms: [{ node: 'z' }] } as never)).toEqual([])
  })

  it('are called, and a refusal is said in words', async () => {
    await desk.call('iron-triangle', 'x', 'i1')
    expect(asked.at(-1)).toBe('POST /api/consultations {"preset":"iron-triangle","town":"x","incident":"i1"}')
    expect(desk.open.value.map(({ id }) => id), 'an answer is no news').toEqual(['c-1'])
    refuse = 'incident-elsewhere'
    expect(await desk.call('iron-triangle', 'y', 'i1')).toBe(false)
    await rig.settled()
    expect(page.at('consult-refused').text()).toContain('没有交给那个镇')
  })

  it('come again with an agenda, open by one press, and say when it is time', async () => {
    page.wrapper.unmount()
    addWords(dutyWords)
    page = show(MeetingList as never, rig, {}, { [CONSULT as symbol]: desk })
    expect(page.all('meeting')).toHaveLength(1)
    await page.at('meeting-agenda').trigger('click')
    await rig.settled()
    expect(asked.at(-1)).toBe('GET /api/consultations/agenda?preset=weekly&town=x')
    expect(page.all('agenda-item').map((item) => item.attributes('data-topic'))).toEqual(['closure', 'kinds', 'overdue'])
    expect(page.at('agenda').text()).toContain('收到 8 件，已办结 6 件，办结率 75%')
    expect(page.at('agenda').text()).toContain('2026-000001 堵塞')
    await page.at('meeting-open').trigger('click')
    await rig.settled()
    expect(asked).toContain('POST /api/consultations {"preset":"weekly","town":"x"}')
    await rig.says({ type: 'consultation.due', preset: 'weekly', town: 'x', name: '周会商' } as never)
    expect(rig.session.notices.value.at(-1)).toMatchObject({ key: 'consult.due', values: { name: '周会商' } })
    await page.at('meeting-agenda').trigger('click')
    expect(page.at('agenda').exists()).toBe(false)
    refuse = 'record-unavailable'
    await page.at('meeting-agenda').trigger('click')
    await rig.settled()
    expect(page.at('agenda').find('[role=alert]').exists()).toBe(true)
  })

  it('end for all', async () => {
    await desk.end('c-1')
    expect(asked.at(-1)).toBe('POST /api/consultations/c-1/end')
    await rig.says({ type: 'consultation.state', consultation: { ...going, endedAt: '2026-11-29T12:30:00.000Z' } } as never)
    expect(desk.open.value).toEqual([])
  })

  it('are as the newest news says, though an older answer comes after it', async () => {
    const ended = { ...going, endedAt: '2026-11-29T12:30:00.000Z' }
    let answer: () => void = () => undefined
    answers = new Promise((done) => (answer = done))
    await rig.says({ type: 'consultation.due', preset: 'weekly', town: 'x', name: '周会商' } as never)
    await rig.says({ type: 'consultation.state', consultation: ended } as never)
    answer()
    await rig.settled()
    expect(asked.filter((one) => one === 'GET /api/consultations')).toHaveLength(2)
    expect(desk.open.value).toEqual([])
  })
})

describe('a meeting in the time line', () => {
  const found = { steps: [], attendance: [], rooms: [] }
  const say = (kind: string, details: Record<string, string>): string => lineText({ at: '', kind, details } as never, found, (node) => node)

  it('says who was called, who sat there and who did not come', async () => {
    addWords(caseWords)
    await setLocale('zh-CN')
    expect(say('consult', { name: '铁三角会商', members: '副书记、所长' })).toBe('召集“铁三角会商”：副书记、所长')
    const at = (minute: number): string => `2026-11-29T12:${minute}:00Z`
    const text = say('consulted', { name: '铁三角会商', sat: `副书记|${at(10)}|${at(20)};副镇长|${at(11)}|${at(21)}`, away: '所长|declined;城管|away;交警|no-answer' })
    expect(text).toMatch(/^“铁三角会商”结束。在场：副书记 .*:10.*–.*:20.*、副镇长 .*:11.*–.*:21.*。未到场：所长（不能来）、城管、交警（没有应答）$/)
    expect(say('consulted', { name: '会', sat: '', away: '' })).toBe('“会”结束。在场：无。未到场：无')
  })
})
