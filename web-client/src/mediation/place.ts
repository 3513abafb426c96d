/** The device's place at one table. It outlives a reload; a browser that keeps nothing keeps it as long as the page. */
export interface Place {
  token: string
  expiresAt: string
  title: string
  /** Pressed already, somewhere else: nothing is asked again. */
  straight?: boolean
}

const KEY = 'maplebridge.table'

export function keptPlace(): Place | undefined {
  for (const store of [sessionStorage, localStorage]) {
    try {
      const place = JSON.parse(store.getItem(KEY) ?? 'null') as Place | null
      if (place && Date.parse(place.expiresAt) > Date.now()) return place
    } catch {
      // nothing of ours
    }
  }
  return undefined
}

/** @param guest whose telephone may close the tab and come back */
export function keepPlace(place: Place, guest: boolean): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(place))
    if (guest) localStorage.setItem(KEY, JSON.stringify(place))
  } catch {
    // a private window
  }
}

export function leavePlace(): void {
  try {
    sessionStorage.removeItem(KEY)
    localStorage.removeItem(KEY)
  } catch {
    // a private window
  }
}

/** What stands behind `#` on the page that a link opens. */
export function shownLink(place: Location): string | undefined {
  return /^\/mediation\/join\/?$/.test(place.pathname) && place.hash.length > 1 ? place.hash.slice(1) : undefined
}
