import { shallowReadonly, shallowRef } from 'vue'

export type Path = '/' | '/console' | '/terminal' | '/wall'

export interface Place { path: Path; query: URLSearchParams }

const PATHS: readonly string[] = ['/', '/console', '/terminal', '/wall']
const place = shallowRef<Place>(read())

/** Where we are. Four addresses need no router library. */
export const route = shallowReadonly(place)

export function go(path: Path, query: URLSearchParams = new URLSearchParams()): void {
  const text = query.toString()
  history.replaceState(null, '', text ? `${path}?${text}` : path)
  place.value = { path, query }
}

export function isPath(path: string | null): path is Path {
  return path !== null && PATHS.includes(path)
}

function read(): Place {
  const path = location.pathname.replace(/\/+$/, '') || '/'
  return { path: isPath(path) ? path : '/', query: new URLSearchParams(location.search) }
}

window.addEventListener('popstate', () => (place.value = read()))
