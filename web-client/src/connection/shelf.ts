/** One store of things with an `id` on the device's disk. */
export type Shelf = <T>(mode: IDBTransactionMode, act: (things: IDBObjectStore) => IDBRequest<T>) => Promise<T | undefined>

/** A store in IndexedDB, opened when it is first asked. Answers nothing where the browser has none (private windows), or no room. */
export function shelf(database: string, store: string): Shelf {
  let opening: Promise<IDBDatabase | undefined> | undefined
  return async (mode, act) => {
    const opened = await (opening ??= open(database, store))
    if (!opened) return undefined
    return new Promise((resolve) => {
      try {
        const transaction = opened.transaction(store, mode)
        const request = act(transaction.objectStore(store))
        transaction.oncomplete = () => resolve(request.result)
        transaction.onabort = transaction.onerror = () => resolve(undefined)
      } catch {
        resolve(undefined) // the browser has closed the database, as it may when the disk is full
      }
    })
  }
}

function open(database: string, store: string): Promise<IDBDatabase | undefined> {
  return new Promise((resolve) => {
    if (typeof indexedDB === 'undefined') return resolve(undefined)
    try {
      const request = indexedDB.open(database, 1)
      request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'id' })
      request.onsuccess = () => resolve(request.result)
      request.onerror = request.onblocked = () => resolve(undefined)
    } catch {
      resolve(undefined)
    }
  })
}
