import { describe, expect, it } from 'vitest'
import type { ServerNode } from '@/protocol/messages'
import { nameOf, nextPlace, Places } from './places'

const HOME = 'http://a:8080'
const node = (name: string, load = 0, state: ServerNode['state'] = 'up'): ServerNode => ({ name, url: `http://${name}:8080`, state, load })

/** All addresses in the order in which they are tried. */
function round(nodes: ServerNode[], at: string, random: () => number, home = HOME): string[] {
  const tried = new Set<string>()
  for (;;) {
    const next = nextPlace({ nodes, at, home, tried, random: random() })
    if (next === undefined) return [...tried]
    expect(tried.has(next)).toBe(false)
    tried.add(next)
  }
}

describe('the next address to try', () => {
  it('is where we were, then the least loaded that is up, then what wants to be left, then where the page came from', () => {
    const nodes = [node('b', 0.75), node('c', 0.25, 'draining'), node('d', 0.25), node('e', 0.5)]
    expect(round(nodes, 'http://e:8080', () => 0.5)).toEqual(['http://e:8080', 'http://d:8080', 'http://b:8080', 'http://c:8080', HOME])
  })

  it('is the page\u2019s own one where nobody told of others', () => {
    expect(round([], HOME, () => 0)).toEqual([HOME])
  })

  it('is never an unencrypted one for a page that came encrypted', () => {
    const nodes = [node('b'), { ...node('c'), url: 'https://c' }]
    expect(round(nodes, 'https://a', () => 0, 'https://a')).toEqual(['https://a', 'https://c'])
  })

  it('is each of them once, whatever there is, and equal ones share who comes', () => {
    let seed = 1
    const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647
    const first: Record<string, number> = {}
    for (let i = 0; i < 600; i++) {
      const nodes = Array.from({ length: Math.floor(random() * 6) }, (_, n) => node(`n${n}`, Math.floor(random() * 5) / 4, random() < 0.3 ? 'draining' : 'up'))
      const order = round(nodes, HOME, random)
      expect([...order].sort()).toEqual([HOME, ...nodes.map(({ url }) => url)].sort())
      const loads = order.slice(1).map((url) => nodes.find((one) => one.url === url)!).map(({ state, load }) => (state === 'up' ? load : load + 1))
      expect(loads).toEqual([...loads].sort((a, b) => a - b))
      const chosen = round([node('x'), node('y'), node('z')], HOME, random)[1]!
      first[chosen] = (first[chosen] ?? 0) + 1
    }
    for (const count of Object.values(first)) expect(count).toBeGreaterThan(120)
  })
})

describe('what a page knows of the nodes', () => {
  it('outlives the page, and is forgiven what it was tried for', () => {
    let kept: readonly ServerNode[] = []
    const memory = { load: () => [...kept], save: (nodes: readonly ServerNode[]) => void (kept = nodes) }
    new Places(HOME, memory).arrived(HOME, 'a', [node('a'), node('b')])
    const later = new Places(HOME, memory)
    later.triedInVain(HOME)
    expect(later.next(0)).toBe('http://b:8080')
    later.triedInVain('http://b:8080')
    expect(later.next(0)).toBeUndefined()
    later.forgive()
    expect(later.next(0)).toBe(HOME)
  })

  it('has each node once, although a page reached one by another name', () => {
    const places = new Places('http://10.0.0.1:8080', { load: () => [], save: () => {} })
    places.arrived('http://10.0.0.1:8080', 'a', [node('a'), node('b')])
    expect(places.several).toBe(true)
    places.triedInVain('http://10.0.0.1:8080')
    places.triedInVain('http://b:8080')
    expect(places.next(0)).toBeUndefined()
    expect(places.elsewhere([node('a'), node('b', 0, 'draining')], 0)).toBeUndefined()
    expect(places.elsewhere([node('a'), node('b')], 0)).toBe('http://b:8080')
  })

  it('may send a page back to where it came from, when that is up', () => {
    const places = new Places(HOME, { load: () => [], save: () => {} })
    places.arrived('http://b:8080', 'b', [node('a'), node('b')])
    expect(places.elsewhere([node('a'), node('b', 0, 'draining')], 0)).toBe(HOME)
    expect(places.elsewhere([node('a', 0, 'draining')], 0)).toBeUndefined()
  })

  it('is said as people write it', () => {
    expect(nameOf('https://b.county.example:8443')).toBe('b.county.example:8443')
  })
})
