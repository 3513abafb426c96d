// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ReplayApi } from '@/connection/replay'
import { SittingApi } from '@/connection/sitting'
import { addWords } from '@/i18n'
import words from '@/i18n/zh/replay'
import type { RecordedSpan } from '@/protocol/replay'
import { isPassing, lackText } from './lack-text'
import { PicturePlayer } from './picture-player'

addWords(words)
afterEach(() => vi.unstubAllGlobals())

const FROM = Date.parse('2026-11-30T01:00:00Z')
const SPAN: RecordedSpan = { unit: 'car1', name: '巡1', medium: 'picture', from: '2026-11-30T01:00:00Z', until: '2026-11-30T01:05:00Z', complete: true }
const READY = { state: 'ready', href: '/pieces/x?ticket=t', began: '2026-11-30T01:00:00Z', durationMs: 1000 }

type Said = { status: number; body: unknown } | 'nobody'

/** What each node says next; the last thing is said again and again. */
function nodes(say: Record<string, Said[]>): string[] {
  const asked: string[] = []
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url)
    const said = say[new URL(url).origin]!
    const next = said.length > 1 ? said.shift()! : said[0]!
    if (next === 'nobody') return Promise.reject(new TypeError('no line'))
    return Promise.resolve(new Response(JSON.stringify(next.body), { status: next.status }))
  })
  return asked
}

const A = 'https://a.example'
const B = 'https://b.example'
const elsewhere = (url: string): Said => ({ status: 409, body: { code: 'held-elsewhere', url } })
const away = (code: string, more = {}): Said => ({ status: 503, body: { code, ...more } })
const ready: Said = { status: 200, body: READY }

async function shownBy(api: ReplayApi | SittingApi, player = new PicturePlayer((unit, from, until) => api.piece('i', unit, from, until))): Promise<PicturePlayer> {
  player.update([SPAN], FROM, FROM + 600_000)
  await vi.waitFor(() => {
    player.update([SPAN], FROM, FROM + 600_000)
    expect(player.shown.value[0]!.clip.state).not.toBe('making')
  })
  return player
}

describe('a piece of a recording', () => {
  it('is fetched from the node that has it, and played from there', async () => {
    const asked = nodes({ [A]: [elsewhere(B)], [B]: [{ status: 200, body: { state: 'making', durationMs: 0 } }, ready] })
    const player = await shownBy(new ReplayApi(A, 'token'))
    expect(player.shown.value[0]!.clip).toMatchObject({ state: 'ready', href: `${B}/pieces/x?ticket=t` })
    expect(asked[0]).toMatch(A)
    expect(asked.at(-1)).toBe(`${B}/api/incidents/i/pieces`)
  })

  it('of a mediation, too', async () => {
    nodes({ [A]: [elsewhere(B)], [B]: [ready] })
    const player = await shownBy(new SittingApi(A, 'token'))
    expect(player.shown.value[0]!.clip).toMatchObject({ state: 'ready', href: `${B}/pieces/x?ticket=t` })
  })

  it('stays at this node when that has it', async () => {
    nodes({ [A]: [ready] })
    const player = await shownBy(new ReplayApi(A, 'token'))
    expect(player.shown.value[0]!.clip).toMatchObject({ state: 'ready', href: '/pieces/x?ticket=t' })
  })

  it('names the node that is away, whoever found that out', async () => {
    nodes({ [A]: [elsewhere(B)], [B]: ['nobody'] })
    expect((await shownBy(new ReplayApi(A, 'token'))).shown.value[0]!.clip).toEqual({ state: 'failed', reason: 'holder-away', node: B })
    nodes({ [A]: [away('holder-away', { url: B })] })
    expect((await shownBy(new ReplayApi(A, 'token'))).shown.value[0]!.clip).toEqual({ state: 'failed', reason: 'holder-away', node: B })
    expect(lackText('holder-away', B)).toContain('b.example')
  })

  it('is not sent round in circles', async () => {
    const asked = nodes({ [A]: [elsewhere(B)], [B]: [elsewhere(A)] })
    expect((await shownBy(new ReplayApi(A, 'token'))).shown.value[0]!.clip).toMatchObject({ state: 'failed', reason: 'held-elsewhere' })
    expect(asked.length).toBeLessThan(5)
  })

  it('is asked for anew once the store is back', async () => {
    nodes({ [A]: [away('store-away'), ready] })
    const player = await shownBy(new ReplayApi(A, 'token'))
    expect(player.shown.value[0]!.clip).toEqual({ state: 'failed', reason: 'store-away' })
    player.again(player.shown.value[0]!.key)
    await shownBy(new ReplayApi(A, 'token'), player)
    expect(player.shown.value[0]!.clip.state).toBe('ready')
  })

  it('says in words what to do, and offers to try again where that helps', () => {
    expect(lackText('store-away')).toContain('存储库')
    expect(lackText('damaged')).toContain('管理员')
    expect(lackText('mixed-codecs')).toBe('这一段画面无法播放')
    expect(['store-away', 'holder-away', 'no-room', 'damaged', 'not-in-store', 'unreadable'].map(isPassing)).toEqual([true, true, true, false, false, false])
  })
})
