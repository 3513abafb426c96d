import type { IncidentMark, UnitMark } from './marks'
import { metresBetween } from './position'

export type Listed = { kind: 'unit'; mark: UnitMark; metres?: number } | { kind: 'incident'; mark: IncidentMark; metres?: number }

const RANK = { red: 0, orange: 1, yellow: 2 } as const
const collator = new Intl.Collator('zh')

/** What stands on the map as a list: by distance from an incident where one is chosen, else incidents by level and units by name. */
export function listed(units: readonly UnitMark[], incidents: readonly IncidentMark[], words: string, target: IncidentMark | undefined): Listed[] {
  const wanted = words.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const passes = ({ name, id }: { name: string; id: string }): boolean => wanted.length === 0 || wanted.every((word) => name.toLowerCase().includes(word) || id.toLowerCase().includes(word))
  const found: Listed[] = [
    ...incidents.filter(passes).map((mark): Listed => ({ kind: 'incident', mark, ...(target ? { metres: metresBetween(target, mark) } : {}) })),
    ...units.filter(passes).map((mark): Listed => ({ kind: 'unit', mark, ...(target ? { metres: metresBetween(target, mark) } : {}) })),
  ]
  if (target) return found.sort((a, b) => a.metres! - b.metres! || a.mark.id.localeCompare(b.mark.id))
  return found.sort((a, b) => {
    if (a.kind !== b.kind) return a.kind === 'incident' ? -1 : 1
    if (a.kind === 'incident' && b.kind === 'incident') return RANK[a.mark.severity] - RANK[b.mark.severity] || b.mark.at - a.mark.at
    return collator.compare(a.mark.name, b.mark.name)
  })
}
