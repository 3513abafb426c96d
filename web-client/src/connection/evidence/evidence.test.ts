import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import type { Answer, Ask } from './http'
import type { FileStore, KeptFile } from './kept-files'
import { Sha256, sha256Of } from './sha256'
import { Uploads, type Sending } from './uploads'

describe('a hash', () => {
  it('is that of the standard', () => {
    const hash = (text: string): string => new Sha256().update(new TextEncoder().encode(text)).hex()
    expect(hash('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(hash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(hash('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe('248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1')
  })

  it('is the same in whatever pieces it comes', () => {
    for (const length of [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 1000, 4097]) {
      const bytes = new Uint8Array(randomBytes(length))
      const sum = new Sha256()
      for (let at = 0, step = 1; at < length; at += step, step = (step * 7) % 131) sum.update(bytes.subarray(at, Math.min(length, at + step)))
      expect(sum.hex(), `${length}`).toBe(createHash('sha256').update(bytes).digest('hex'))
    }
  })

  it('of a file is read a part at a time', async () => {
    const bytes = new Uint8Array(randomBytes((1 << 20) + 77))
    expect(await sha256Of(new Blob([bytes]))).toBe(createHash('sha256').update(bytes).digest('hex'))
  })
})

/** A server that knows one file, and a line that may be cut after some bytes. */
class Server {
  readonly asked: string[] = []
  got = 0
  cuts: number[] = []
  refuse: Record<string, { status: number; problem: Record<string, unknown> }> = {}
  said = ''

  readonly ask: Ask = async (method, url, headers, body, left) => {
    this.asked.push(`${method} ${url}`)
    const refusal = this.refuse[method]
    if (refusal) {
      delete this.refuse[method]
      return { ...refusal, header: () => '3' }
    }
    if (method === 'POST') {
      this.said = headers['Upload-Metadata']!
      return this.answer(this.got > 0 ? 200 : 201)
    }
    expect(headers['Upload-Offset']).toBe(String(this.got))
    const cut = this.cuts.shift()
    if (cut !== undefined) {
      this.got += cut
      left?.(cut)
      return { status: 0, header: () => null, problem: {} }
    }
    this.got += body!.size
    left?.(body!.size)
    return this.answer(204)
  }

  private answer(status: number): Answer {
    return { status, problem: {}, header: (name) => ({ 'Upload-Offset': String(this.got), Location: '/api/u/1' })[name] ?? null }
  }
}

class Shelf implements FileStore {
  readonly files = new Map<string, KeptFile>()
  async put(file: KeptFile): Promise<void> {
    this.files.set(file.id, file)
  }
  async remove(id: string): Promise<void> {
    this.files.delete(id)
  }
  async of(key: string): Promise<KeptFile[]> {
    return [...this.files.values()].filter((file) => file.key === key)
  }
}

const photo = (bytes: number, type = 'image/jpeg'): File => new File([new Uint8Array(bytes)], 'a.jpg', { type })
const TARGET = { home: '/api/u', about: { order: 'o1' } }

function rig(server = new Server(), shelf = new Shelf(), key = 'draft') {
  let shown: readonly Sending[] = []
  const uploads = new Uploads(key, { origin: () => 'https://a.example', ask: server.ask, store: shelf, random: () => 0.5 }, (all) => (shown = all))
  return { server, shelf, uploads, shown: () => shown, states: () => shown.map(({ state }) => state) }
}

describe('what is sent', () => {
  it('is hashed first, held until there is something to send it for, and then arrives', async () => {
    const { uploads, server, shelf, states, shown } = rig()
    await uploads.add([photo(10), photo(20)])
    await vi.waitFor(() => expect(states()).toEqual(['held', 'held']))
    expect([server.asked, shelf.files.size]).toEqual([[], 2])
    uploads.send(TARGET)
    await vi.waitFor(() => expect(shown()[0]!.state).toBe('arrived'))
    expect(server.asked.slice(0, 2)).toEqual(['POST https://a.example/api/u', 'PATCH https://a.example/api/u/1'])
    const hash = createHash('sha256').update(new Uint8Array(10)).digest('hex')
    expect(server.said).toContain(`order ${btoa('o1')}`)
    expect([hash, createHash('sha256').update(new Uint8Array(20)).digest('hex')].map(btoa).some((sum) => server.said.includes(sum))).toBe(true)
  })

  it('goes on after a lost line where the server has it', async () => {
    vi.useFakeTimers()
    const { uploads, server, states, shown } = rig()
    server.cuts = [100, 50]
    await uploads.add([photo(400)])
    uploads.send(TARGET)
    await vi.waitFor(() => expect(shown()[0]).toMatchObject({ state: 'waits', code: 'offline' }))
    await vi.advanceTimersByTimeAsync(10_000)
    vi.useRealTimers()
    await vi.waitFor(() => expect(states()).toEqual(['arrived']))
    expect(server.asked.filter((asked) => asked.startsWith('POST'))).toHaveLength(3)
    expect(server.got).toBe(400)
  })

  it('goes on in another page from what the browser kept, and forgets it when it has arrived', async () => {
    const first = rig()
    await first.uploads.add([photo(30)])
    first.uploads.stop()
    const second = rig(first.server, first.shelf)
    await second.uploads.resume()
    second.uploads.send(TARGET)
    await vi.waitFor(() => expect(second.states()).toEqual(['arrived']))
    expect(first.shelf.files.size).toBe(0)
  })

  it('that is refused says why, and does not hold up the next one', async () => {
    const { uploads, server, shown, shelf } = rig()
    server.refuse.PATCH = { status: 422, problem: { code: 'wrong-type' } }
    await uploads.add([photo(10), photo(20)])
    uploads.send(TARGET)
    await vi.waitFor(() => expect(shown().map(({ state, code }) => [state, code])).toEqual([['refused', 'wrong-type'], ['arrived', undefined]]))
    expect(shelf.files.size).toBe(0)
  })

  it('that nobody would take is not sent', async () => {
    const { uploads, server, shown } = rig()
    await uploads.add([photo(10, 'image/svg+xml'), photo(0), photo((15 << 20) + 1)])
    uploads.send(TARGET)
    expect(shown().map(({ code }) => code)).toEqual(['unsupported-type', 'unreadable', 'too-large'])
    expect(server.asked).toEqual([])
  })

  it('goes to the node that has what came of it', async () => {
    const { uploads, server, states } = rig()
    server.refuse.POST = { status: 409, problem: { code: 'held-elsewhere', url: 'https://b.example' } }
    await uploads.add([photo(10)])
    uploads.send(TARGET)
    await vi.waitFor(() => expect(states()).toEqual(['arrived']))
    expect(server.asked).toEqual(['POST https://a.example/api/u', 'POST https://b.example/api/u', 'PATCH https://b.example/api/u/1'])
  })

  it('is announced again when the server has forgotten it, and goes on where the server says', async () => {
    const { uploads, server, states } = rig()
    server.refuse.PATCH = { status: 404, problem: { code: 'unknown-upload' } }
    await uploads.add([photo(10)])
    uploads.send(TARGET)
    await vi.waitFor(() => expect(states()).toEqual(['arrived']))
    expect(server.asked.map((asked) => asked.split(' ')[0])).toEqual(['POST', 'PATCH', 'POST', 'PATCH'])
  })

  it('may be taken away, and tried again after a refusal', async () => {
    const { uploads, server, shown, states } = rig()
    server.refuse.POST = { status: 507, problem: { code: 'no-room' } }
    await uploads.add([photo(10)])
    uploads.send(TARGET)
    await vi.waitFor(() => expect(states()).toEqual(['refused']))
    uploads.retry(shown()[0]!.id)
    await vi.waitFor(() => expect(states()).toEqual(['arrived']))
    await uploads.remove(shown()[0]!.id)
    expect(shown()).toEqual([])
  })
})
