// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { addressesIn, hasNewWay, windowOfNow } from './networks'

const candidate = (address: string, kind = 'host'): string => `a=candidate:1 1 udp 2122260223 ${address} 40000 typ ${kind} generation 0\r\n`
const set = (...addresses: string[]): Set<string> => new Set(addresses)

describe('the addresses of a device', () => {
  it('are those of its host candidates', () => {
    const sdp = `v=0\r\n${candidate('10.78.0.2')}${candidate('2001:db8::2')}${candidate('198.51.100.7', 'srflx raddr 10.78.0.2 rport 40000')}${candidate('10.78.0.2')}`
    expect(addressesIn(sdp)).toEqual(set('10.78.0.2', '2001:db8::2'))
  })

  it('are unknown where the browser hides any of them', () => {
    expect(addressesIn(candidate('10.78.0.2') + candidate('1f4712db-ea17-4bcf-a596-105139dfd8bf.local'))).toBeUndefined()
  })

  it('are none without a network, or before it is looked for', () => {
    expect(addressesIn('v=0\r\n')).toEqual(set())
  })
})

describe('a new way', () => {
  it.each([
    ['another network', set('10.78.0.2'), set('10.79.0.2'), true],
    ['one more network', set('10.78.0.2'), set('10.78.0.2', '10.79.0.2'), true],
    ['the same network', set('10.78.0.2'), set('10.78.0.2'), false],
    ['no network', set('10.78.0.2'), set(), false],
    ['one of two networks', set('10.78.0.2', '10.79.0.2'), set('10.79.0.2'), false],
    ['a network that is hidden now', set('10.78.0.2'), undefined, false],
    ['a network after hidden ones', undefined, set('10.79.0.2'), false],
  ])('%s', (_, known, present, is) => expect(hasNewWay(known, present)).toBe(is))
})

describe('a window of now', () => {
  let gathers: string[] = []
  let open = 0
  let inside: object

  class Asking {
    localDescription = { sdp: '' }
    onicecandidate: ((event: { candidate: object | null }) => void) | null = null
    createDataChannel(): void {}
    setLocalDescription(): Promise<void> {
      open++
      gathers.forEach((address, index) =>
        setTimeout(() => {
          this.localDescription.sdp += candidate(address)
          this.onicecandidate?.({ candidate: {} })
        }, 20 + index),
      )
      return Promise.resolve()
    }
    close(): void {
      open--
    }
  }

  beforeEach(() => {
    vi.useFakeTimers()
    inside = { RTCPeerConnection: Asking }
    // Frames of happy-dom load nothing: another element stands for one.
    const make = document.createElement.bind(document)
    vi.spyOn(document, 'createElement').mockImplementation((name: string) => Object.assign(make(name === 'iframe' ? 'b' : name), { contentWindow: inside }))
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
    expect(open).toBe(0)
  })

  const frame = (): HTMLElement | null => document.querySelector('b')

  async function look(known: Set<string> | undefined, ...present: string[]): Promise<Awaited<ReturnType<typeof windowOfNow>>> {
    gathers = present
    const found = windowOfNow(known)
    frame()?.onload?.(new Event('load'))
    await vi.advanceTimersByTimeAsync(600)
    return found
  }

  it('is there where the present connection has no socket, and goes when it is closed', async () => {
    const found = await look(set('10.78.0.2'), '127.0.0.1', '10.79.0.2')
    expect(found?.RTCPeerConnection).toBe(Asking)
    expect(frame()?.hidden).toBe(true)
    found?.close()
    expect(frame()).toBeNull()
  })

  it('leaves nothing behind where nothing is new, or nothing is there', async () => {
    expect(await look(set('10.78.0.2'), '10.78.0.2')).toBeUndefined()
    expect(await look(set('10.78.0.2'))).toBeUndefined()
    expect(await look(set('10.78.0.2'), 'a.local')).toBeUndefined()
    expect(frame()).toBeNull()
  })

  it('is not asked for where the browser hides addresses', async () => {
    expect(await look(undefined, '10.79.0.2')).toBeUndefined()
  })

  it('is none where a frame has no peer connections', async () => {
    inside = {}
    expect(await look(set('10.78.0.2'), '10.79.0.2')).toBeUndefined()
    expect(frame()).toBeNull()
  })
})
