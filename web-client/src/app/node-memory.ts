import type { NodeMemory } from '@/connection/places'
import type { ServerNode } from '@/protocol/messages'

const KEY = 'maplebridge.nodes'

/** The county's nodes on this device, for a page that is opened while its own node is away or full. */
export const nodeMemory: NodeMemory = {
  load() {
    try {
      const nodes = JSON.parse(localStorage.getItem(KEY) ?? '[]') as ServerNode[]
      return nodes.filter((node) => typeof node.url === 'string' && typeof node.load === 'number')
    } catch {
      return []
    }
  },
  save(nodes) {
    try {
      localStorage.setItem(KEY, JSON.stringify(nodes))
    } catch {
      // a private window: the nodes are known as long as the page is open
    }
  },
}
