import type { Incident, IncidentPoint } from '@/protocol/incidents'
import { isOpen } from './incidents'
import { metresBetween } from './place/position'

export type AlikeWhy = 'place' | 'text' | 'near'
export interface Alike { incident: Incident; why: AlikeWhy[] }

/** Fewer letters say nothing yet. */
const LETTERS = 2
const SAME_PLACE = 0.5
const SAME_TEXT = 0.4
const NEAR_METRES = 300
const DAY_MS = 86_400_000
const SHOWN = 3

/** Open incidents of the last day that may be the one that is being written down: for a suggestion, not a decision. */
export function alike(incidents: readonly Incident[], draft: { title: string; place: string; point?: IncidentPoint }, now: number): Alike[] {
  const found: (Alike & { score: number })[] = []
  for (const incident of incidents) {
    if (!isOpen(incident) || now - Date.parse(incident.openedAt) > DAY_MS) continue
    const text = likeness(draft.title, incident.title)
    const place = likeness(draft.place, incident.place)
    const near = draft.point && incident.point && metresBetween(draft.point, incident.point) < NEAR_METRES
    const why: AlikeWhy[] = [...(near ? (['near'] as const) : []), ...(place >= SAME_PLACE ? (['place'] as const) : []), ...(text >= SAME_TEXT ? (['text'] as const) : [])]
    // Much happens at one market: the place alone is a reason only where it is the very same words.
    if (near || text >= SAME_TEXT || place >= 0.99) found.push({ incident, why, score: text + place + Number(near) })
  }
  return found.sort((a, b) => b.score - a.score).slice(0, SHOWN).map(({ incident, why }) => ({ incident, why }))
}

/** Dice's measure over pairs of neighbouring letters, which needs no words: Chinese has no spaces. From 0 to 1. */
export function likeness(a: string, b: string): number {
  const [left, right] = [pairs(a), pairs(b)]
  if (left.size === 0 || right.size === 0) return 0
  let common = 0
  for (const pair of left) if (right.has(pair)) common++
  return (2 * common) / (left.size + right.size)
}

function pairs(text: string): Set<string> {
  const letters = [...text.toLowerCase().replace(/[\s\p{P}]+/gu, '')]
  if (letters.length < LETTERS) return new Set()
  return new Set(letters.slice(1).map((letter, index) => letters[index]! + letter))
}
