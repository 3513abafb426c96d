import type { ClientMessage } from '@/protocol/messages'
import { shelf } from './shelf'

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
  const run = shelf('maplebridge', 'letters')

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
