/** A picture that has not arrived yet: it outlives a reload and an empty battery, for a day. */
export interface KeptFile { id: string; key: string; file: Blob; name: string; type: string; at: number }

export interface FileStore {
  put(file: KeptFile): Promise<void>
  remove(id: string): Promise<void>
  of(key: string): Promise<KeptFile[]>
}

const STORE = 'files'
const KEPT_MS = 24 * 3_600_000

/** Files in IndexedDB. Where the browser has none, or no room, they last as long as the page. */
export function fileStore(now: () => number = Date.now): FileStore {
  let opening: Promise<IDBDatabase | undefined> | undefined

  async function run<T>(mode: IDBTransactionMode, act: (files: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
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
        resolve(undefined)
      }
    })
  }

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

function open(): Promise<IDBDatabase | undefined> {
  return new Promise((resolve) => {
    if (typeof indexedDB === 'undefined') return resolve(undefined)
    try {
      const request = indexedDB.open('maplebridge-evidence', 1)
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' })
      request.onsuccess = () => resolve(request.result)
      request.onerror = request.onblocked = () => resolve(undefined)
    } catch {
      resolve(undefined)
    }
  })
}
