import { openDB, type IDBPDatabase } from 'idb'
import type { ClientMessage } from '@/protocol/messages'

/** A letter on disk: survives a crash, a reload and a flat battery. */
export interface StoredLetter { id: string; user: string; message: ClientMessage; at: number }

export interface LetterStore {
  put(letter: StoredLetter): Promise<void>
  remove(id: string): Promise<void>
  of(user: string): Promise<StoredLetter[]>
}

/** Letters in IndexedDB. Where the browser has none (private windows), they live in memory. */
export function letterStore(): LetterStore {
  const memory = new Map<string, StoredLetter>()
  let database: Promise<IDBPDatabase | undefined> | undefined
  const open = (): Promise<IDBPDatabase | undefined> => {
    database ??= openDB('maplebridge', 1, {
      upgrade: (db) => void db.createObjectStore('letters', { keyPath: 'id' }),
    }).catch(() => undefined)
    return database
  }
  return {
    async put(letter) {
      memory.set(letter.id, letter)
      await (await open())?.put('letters', letter).catch(() => undefined)
    },
    async remove(id) {
      memory.delete(id)
      await (await open())?.delete('letters', id).catch(() => undefined)
    },
    async of(user) {
      const stored = ((await (await open())?.getAll('letters').catch(() => [])) ?? []) as StoredLetter[]
      const all = new Map([...stored.map((letter) => [letter.id, letter] as const), ...memory])
      return [...all.values()].filter((letter) => letter.user === user).sort((a, b) => a.at - b.at)
    },
  }
}
