import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { letterStore, type StoredLetter } from './durable'

const letter = (id: string, at: number, user = 'u'): StoredLetter => ({ id, user, at, message: { type: 'media.close' } })

/** As much of IndexedDB as letters need: requests and transactions that end later. */
function fakeDatabase(disk: Map<string, StoredLetter>, breaks = false): IDBFactory {
  const later = (run: () => void): void => void setTimeout(run)
  const transaction = () => {
    const made = { oncomplete: () => {}, onabort: () => {}, onerror: () => {}, objectStore: () => store }
    later(() => (breaks ? made.onabort() : made.oncomplete()))
    return made
  }
  const store = {
    put: (value: StoredLetter) => ({ result: breaks || disk.set(value.id, value) }),
    delete: (id: string) => ({ result: disk.delete(id) }),
    getAll: () => ({ result: [...disk.values()] }),
  }
  const open = () => {
    const request = { result: { transaction, createObjectStore: vi.fn() }, onupgradeneeded: () => {}, onsuccess: () => {}, onerror: () => {} }
    later(() => (request.onupgradeneeded(), request.onsuccess()))
    return request
  }
  return { open } as unknown as IDBFactory
}

beforeEach(() => void vi.useRealTimers())
afterEach(() => void vi.unstubAllGlobals())

describe('letters', () => {
  it('lie on disk in the order they were written, each person’s own', async () => {
    const disk = new Map<string, StoredLetter>()
    vi.stubGlobal('indexedDB', fakeDatabase(disk))
    const store = letterStore()
    await store.put(letter('b', 2))
    await store.put(letter('a', 1))
    await store.put(letter('x', 3, 'other'))
    expect((await letterStore().of('u')).map(({ id }) => id)).toEqual(['a', 'b'])
    await store.remove('a')
    expect([...disk.keys()]).toEqual(['b', 'x'])
  })

  it('live in memory where there is no disk, or it breaks', async () => {
    for (const database of [undefined, fakeDatabase(new Map(), true), { open: () => { throw new Error('private window') } }]) {
      vi.stubGlobal('indexedDB', database)
      const store = letterStore()
      await store.put(letter('a', 1))
      expect((await store.of('u')).map(({ id }) => id)).toEqual(['a'])
      await store.remove('a')
      expect(await store.of('u')).toEqual([])
    }
  })
})
