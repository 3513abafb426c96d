import type { ClientMessage } from '@/protocol/messages'

/** A letter on disk: survives a crash, a reload and a flat battery. */
export interface StoredLetter { id: string; user: string; message: ClientMessage; at: number }

export interface LetterStore {
  put(letter: StoredLetter): Promise<void>
  remove(id: string): Promise<void>
  of(user: string): Promise<StoredLetter[]>
}

const STORE = 'letters'

/** Letters in IndexedDB. Where the browser has none (private windows), they live in memory. */
export function letterStore(): LetterStore {
  const memory = new Map<string, StoredLetter>()
  let opening: Promise<IDBDatabase | undefined> | undefined

  async function run<T>(mode: IDBTransactionMode, act: (letters: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
    opening ??= open()
    const database = await opening
    if (!database) return undefined
    return new Promise((resolve) => {
      try {
        const transaction = database.transaction(STORE, mode)
        const request = act(transaction.objectStore(STORE))
        transaction.oncomplete = () => resolve(request.result)
        transaction.onabort = transaction.onerror = () => resolve(undefined)
      } catch {
        resolve(undefined) // the browser has closed the database, as it may when the disk is full
      }
    })
  }

  return {
    async put(letter) {
      memory.set(letter.id, letter)
      await run('readwrite', (letters) => letters.put(letter))
    },
    async remove(id) {
      memory.delete(id)
      await run('readwrite', (letters) => letters.delete(id))
    },
    async of(user) {
      const stored = (await run('readonly', (letters) => letters.getAll() as IDBRequest<StoredLetter[]>)) ?? []
      const all = new Map([...stored.map((letter) => [letter.id, letter] as const), ...memory])
      return [...all.values()].filter((letter) => letter.user === user).sort((a, b) => a.at - b.at)
    },
  }
}

function open(): Promise<IDBDatabase | undefined> {
  return new Promise((resolve) => {
    if (typeof indexedDB === 'undefined') return resolve(undefined)
    try {
      const request = indexedDB.open('maplebridge', 1)
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' })
      request.onsuccess = () => resolve(request.result)
      request.onerror = request.onblocked = () => resolve(undefined)
    } catch {
      resolve(undefined)
    }
  })
}
