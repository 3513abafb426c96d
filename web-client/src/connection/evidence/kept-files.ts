import { shelf } from '../shelf'

/** A picture that has not arrived yet: it outlives a reload and an empty battery, for a day. */
export interface KeptFile { id: string; key: string; file: Blob; name: string; type: string; at: number }

export interface FileStore {
  put(file: KeptFile): Promise<void>
  remove(id: string): Promise<void>
  of(key: string): Promise<KeptFile[]>
}

const KEPT_MS = 24 * 3_600_000

/** Files in IndexedDB. Where the browser has none, or no room, they last as long as the page. */
export function fileStore(now: () => number = Date.now): FileStore {
  const run = shelf('maplebridge-evidence', 'files')

  return {
    async put(file) {
      await run('readwrite', (files) => files.put(file))
    },
    async remove(id) {
      await run('readwrite', (files) => files.delete(id))
    },
    async of(key) {
      const all = (await run('readonly', (files) => files.getAll() as IDBRequest<KeptFile[]>)) ?? []
      const old = all.filter(({ at }) => now() - at > KEPT_MS)
      for (const { id } of old) await run('readwrite', (files) => files.delete(id))
      return all.filter((kept) => kept.key === key && !old.includes(kept)).sort((a, b) => a.at - b.at)
    },
  }
}
