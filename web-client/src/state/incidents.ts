import type { Incident } from '@/protocol/incidents'

export function isOpen({ state, closedAt }: Incident): boolean {
  return state !== 'closed' && closedAt === undefined
}
