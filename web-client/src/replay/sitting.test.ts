// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { SittingApi } from '@/connection/sitting'
import { addWords } from '@/i18n'
import words from '@/i18n/zh/replay'
import { sittingText } from './sitting-text'

addWords(words)

const at = '2026-11-29T12:00:00Z'
const say = (kind: string, details: Record<string, string> = {}): string => sittingText({ at, kind, details })

describe('the steps of a mediation', () => {
  it('are said in words', () => {
    expect(say('tableMoved', { people: '张某', room: 'joint' })).toBe('请 张某 到 共同调解')
    expect(say('tableMoved', { people: '张某', room: 'p2', roomName: '张某' })).toBe('请 张某 到 张某 的私下会谈')
    expect(say('tableKnocked', { knock: 'p2', knockName: '张某' })).toBe('敲 张某 的门')
    expect(say('tableConsent', { subject: 'recording', given: 'false' })).toBe('不同意录音录像')
    expect(say('tableConsent', { subject: 'confidentiality', given: 'true' })).toBe('同意保密')
    expect(say('tableWrote', { text: 'noAgreement', number: '2' })).toBe('写了调解终止书第 2 稿')
    expect(say('tableEnded', { outcome: 'notAgreed' })).toBe('调解结束：未达成协议')
    expect(say('tableSomethingNew')).toBe('（新的一步）')
  })
})

describe('a mediation over REST', () => {
  afterEach(() => void vi.unstubAllGlobals())

  it('is asked for once, and gives each person a lane in the order of their places', async () => {
    const span = { room: 'joint', medium: 'sound', from: at, until: '2026-11-29T12:00:09Z', complete: true, chains: ['a', 'b'] }
    const sitting = { id: 'm', title: 't', outcome: 'agreed', now: at, from: at, until: at, people: [{ id: 'p2', name: '张某', role: 'party' }], lines: [], recordings: [{ ...span, person: 'p10' }, { ...span, person: 'p2' }] }
    const asked = vi.fn(async () => new Response(JSON.stringify(sitting)))
    vi.stubGlobal('fetch', asked)
    const api = new SittingApi('', 'token')
    expect((await api.replay('m')).marks).toBe(false)
    expect((await api.recordings('m')).map(({ unit, name, medium, chain }) => [unit, name, medium, chain])).toEqual([['p2', '张某', 'picture', 'a b'], ['p10', 'p10', 'picture', 'a b']])
    expect(asked).toHaveBeenCalledTimes(1)
    await expect(api.ground()).rejects.toThrow('not-visible')
  })
})
