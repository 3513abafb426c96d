// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { burst, SessionRig } from '../../tests/session-rig'
import type { DispatchSession } from './session'

let rig: SessionRig
let session: DispatchSession

beforeEach(async () => {
  rig = new SessionRig()
  session = rig.session
  await rig.greets()
  await rig.agrees()
})
afterEach(() => rig.close())

describe('what was said', () => {
  const sounds = (): { url: string; play: ReturnType<typeof vi.fn>; onended?: () => void }[] => audios
  let audios: { url: string; play: ReturnType<typeof vi.fn>; pause(): void; onended?: () => void }[] = []

  beforeEach(() => {
    audios = []
    vi.stubGlobal('Audio', class {
      play = vi.fn(() => Promise.resolve())
      pause(): void {}
      constructor(readonly url: string) {
        audios.push(this)
      }
    })
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: vi.fn() }))
  })

  it('is fetched with our own rights, played once and then not missed any more', async () => {
    const fetched = vi.fn(async () => new Response('sound'))
    vi.stubGlobal('fetch', fetched)
    await rig.says({ type: 'burst.ended', burst: burst('b') })
    await session.bursts.play('b')
    expect(fetched).toHaveBeenCalledWith('http://x/api/bursts/b/audio', { headers: { Authorization: 'Bearer t' } })
    expect(sounds()[0]).toMatchObject({ url: 'blob:x' })
    expect(session.bursts.playing.value).toEqual({ name: 'playing', burst: 'b' })
    expect(rig.socket.find('burst.heard')).toMatchObject({ bursts: ['b'] })
    sounds()[0]!.onended!()
    expect(session.bursts.playing.value).toEqual({ name: 'none' })
  })

  it('says so when it cannot be fetched, and stays missed', async () => {
    vi.stubGlobal('fetch', async () => new Response('', { status: 404 }))
    await rig.says({ type: 'burst.ended', burst: burst('b') })
    await session.bursts.play('b')
    expect(session.bursts.playing.value).toEqual({ name: 'failed', burst: 'b' })
    expect(rig.socket.find('burst.heard')).toBeUndefined()
  })

  it('of before this page was opened is looked up, and forgets nothing that is known', async () => {
    await rig.says({ type: 'burst.ended', burst: burst('b', { heard: false }) })
    const fetched = vi.fn(async () => Response.json({ bursts: [burst('b', { heard: true }), burst('old')], more: true }))
    vi.stubGlobal('fetch', fetched)
    await session.bursts.look('g', 20)
    expect(fetched).toHaveBeenCalledWith('http://x/api/bursts?call=g&limit=20', { headers: { Authorization: 'Bearer t' }, cache: 'no-store' })
    expect(session.model().bursts.map(({ id, heard }) => [id, heard])).toEqual([['old', false], ['b', false]])
    vi.stubGlobal('fetch', async () => new Response('', { status: 503 }))
    await session.bursts.look('g', 20)
    expect(session.model().bursts).toHaveLength(2)
  })

  it('is marked heard in messages of fifty at most', async () => {
    for (let number = 0; number < 70; number++) await rig.says({ type: 'burst.ended', burst: burst(`b${number}`) })
    session.bursts.heard(session.model().bursts.map(({ id }) => id))
    const said = rig.socket.sent.flatMap((message) => (message.type === 'burst.heard' ? [message.bursts.length] : []))
    expect(said).toEqual([50, 20])
  })
})

describe('the position', () => {
  function grant(state: string): { found(latitude: number): void; watched: ReturnType<typeof vi.fn> } {
    let listener: (position: object) => void = () => {}
    const watched = vi.fn((found: (position: object) => void) => ((listener = found), 7))
    vi.stubGlobal('navigator', { geolocation: { watchPosition: watched, clearWatch: vi.fn() }, permissions: { query: async () => ({ state }) } })
    return { watched, found: (latitude) => listener({ coords: { latitude, longitude: 121, accuracy: 8, speed: null } }) }
  }

  it('is reported where that was allowed before, and known to a call for help', async () => {
    const { found } = grant('granted')
    await session.positions.start()
    found(28.37)
    expect(rig.socket.find('position.report')).toMatchObject({ place: { latitude: 28.37, longitude: 121 }, accuracyMetres: 8 })
    expect(session.positions.place).toEqual({ latitude: 28.37, longitude: 121 })
    found(28.3701)
    expect(rig.socket.count('position.report')).toBe(1)
  })

  it('is reported again by a device that stands still and says nothing new', async () => {
    const { found } = grant('granted')
    await session.positions.start()
    found(28.37)
    await rig.lives(14_000)
    expect(rig.socket.count('position.report')).toBe(1)
    await rig.lives(6_000)
    expect(rig.socket.count('position.report')).toBe(2)
    expect(session.positions.place).toEqual({ latitude: 28.37, longitude: 121 })
  })

  it('that could not be said is said when the connection is back', async () => {
    const { found } = grant('granted')
    await session.positions.start()
    await rig.breaks()
    found(28.37)
    await rig.greets(true)
    expect(rig.socket.count('position.report')).toBe(1)
    await rig.settled(5_000)
    expect(rig.socket.count('position.report')).toBe(1)
  })

  it('is never asked for without a touch', async () => {
    const { watched } = grant('prompt')
    await session.positions.start()
    expect([watched.mock.calls.length, session.positions.state.value]).toEqual([0, 'not-asked'])
    session.positions.allow()
    expect(watched).toHaveBeenCalledOnce()
  })
})
