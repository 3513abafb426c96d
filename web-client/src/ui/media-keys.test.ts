import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { listenForMediaKeys } from './media-keys'

const handlers = new Map<string, (() => void) | null>()
const play = vi.fn(() => Promise.reject(new Error('not touched yet')))
const pause = vi.fn()
let sound: Blob | undefined

beforeEach(() => {
  handlers.clear()
  vi.stubGlobal('navigator', { mediaSession: { setActionHandler: (action: string, run: (() => void) | null) => handlers.set(action, run) } })
  vi.stubGlobal('Audio', class {
    loop = false
    play = play
    pause = pause
  })
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => ((sound = blob as Blob), 'blob:x'))
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => undefined)
})
afterEach(() => void vi.unstubAllGlobals())

describe('the keys of a headset', () => {
  it('switch with each press, whichever of the two the browser calls it, until they are let be', () => {
    const toggle = vi.fn()
    const stop = listenForMediaKeys(toggle)
    handlers.get('play')!()
    handlers.get('pause')!()
    expect(toggle).toHaveBeenCalledTimes(2)
    stop()
    expect([handlers.get('play'), handlers.get('pause'), pause.mock.calls.length]).toEqual([null, null, 1])
  })

  it('need a sound of some seconds that nobody hears', async () => {
    listenForMediaKeys(() => {})()
    const bytes = new Uint8Array(await sound!.arrayBuffer())
    expect([new TextDecoder().decode(bytes.slice(0, 4)), bytes.length]).toEqual(['RIFF', 44 + 48_000])
    expect(bytes.slice(44).every((sample) => sample === 128)).toBe(true)
  })

  it('mean nothing to a browser without them', () => {
    vi.stubGlobal('navigator', {})
    expect(() => listenForMediaKeys(() => {})()).not.toThrow()
  })
})
