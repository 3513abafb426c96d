import type { ServerNode } from '@/protocol/messages'

/** What the page knows of the county's nodes from the last time it was open. */
export interface NodeMemory {
  load(): ServerNode[]
  save(nodes: readonly ServerNode[]): void
}

export interface Question {
  nodes: readonly ServerNode[]
  /** Where we are or were. */
  at: string
  /** The page's own address: good even where nobody has told us of any node. */
  home: string
  tried: ReadonlySet<string>
  random: number
}

/**
 * Which address to try next: the one where we were, since it remembers us; then nodes that are up,
 * the least loaded first; then those that want to be left. Undefined when all were tried. Pure.
 */
export function nextPlace({ nodes, at, home, tried, random }: Question): string | undefined {
  if (!tried.has(at)) return at
  const left = nodes.filter(({ url }) => !tried.has(url) && mayReach(home, url))
  const wish = (node: ServerNode): number => (node.state === 'up' ? node.load : 1 + node.load)
  const best = Math.min(...left.map(wish))
  const equal = left.filter((node) => wish(node) === best)
  const found = equal[Math.min(Math.floor(random * equal.length), equal.length - 1)]
  return found?.url ?? (tried.has(home) ? undefined : home)
}

/** As people write it: host and port. */
export function nameOf(origin: string): string {
  return origin.replace(/^https?:\/\//, '')
}

/** A page that came encrypted is allowed encrypted connections only. */
function mayReach(home: string, url: string): boolean {
  return url.startsWith('https:') || (url.startsWith('http:') && !home.startsWith('https:'))
}

/** The addresses at which the server may be found, and which of them were tried in vain. */
export class Places {
  private nodes: readonly ServerNode[]
  private readonly tried = new Set<string>()
  /** Node → the address at which we really found it, where it goes by another one. */
  private readonly found = new Map<string, string>()
  at: string

  constructor(private readonly home: string, private readonly memory: NodeMemory) {
    this.at = home
    this.nodes = memory.load()
  }

  told(nodes: readonly ServerNode[]): void {
    this.nodes = nodes
    this.memory.save(nodes)
  }

  /** A server answered at this address and says which node it is. */
  arrived(at: string, node: string, nodes: readonly ServerNode[]): void {
    this.at = at
    this.found.set(node, at)
    this.told(nodes)
  }

  /** There are others to turn to. */
  get several(): boolean {
    return this.known().some(({ url }) => url !== this.at)
  }

  triedInVain(place: string): void {
    this.tried.add(place)
  }

  /** All begins anew. */
  forgive(): void {
    this.tried.clear()
  }

  next(random: number): string | undefined {
    return nextPlace({ nodes: this.known(), at: this.at, home: this.home, tried: this.tried, random })
  }

  /** Where to go from here when this node wants to be left. */
  elsewhere(nodes: readonly ServerNode[], random: number): string | undefined {
    const up = this.resolved(nodes).filter(({ state }) => state === 'up')
    const place = nextPlace({ nodes: up, at: this.at, home: this.home, tried: new Set([this.at]), random })
    return up.some(({ url }) => url === place) ? place : undefined
  }

  private known(): ServerNode[] {
    return this.resolved(this.nodes)
  }

  private resolved(nodes: readonly ServerNode[]): ServerNode[] {
    return nodes.map((node) => ({ ...node, url: this.found.get(node.name) ?? node.url }))
  }
}
