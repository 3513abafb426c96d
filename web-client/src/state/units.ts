import type { Group, Node as OrgNode, Unit } from '@/protocol/messages'
import type { Model } from './model'

export type UnitFilter = 'all' | 'online' | 'live'

export interface UnitGroup { node: string; name: string; units: Unit[] }

/** The units of the list: without our own, filtered, by place in the tree; live ones first, then who is there. */
export function groupUnits(model: Model, words: string, filter: UnitFilter): UnitGroup[] {
  const wanted = words.trim().toLowerCase()
  const groups = new Map<string, UnitGroup>()
  const home = model.me?.unit ? model.units[model.me.unit]?.node : undefined
  for (const unit of Object.values(model.units)) {
    if (unit.id === model.me?.unit || !passes(model, unit, filter) || !matches(model, unit, wanted)) continue
    const name = placeOf(model, unit.node, home)
    const group = groups.get(unit.node) ?? { node: unit.node, name, units: [] }
    group.units.push(unit)
    groups.set(unit.node, group)
  }
  for (const group of groups.values()) group.units.sort((a, b) => rank(model, a) - rank(model, b) || a.name.localeCompare(b.name, 'zh'))
  const distance = (group: UnitGroup): number => (group.node === home ? 0 : isWithin(model, group.node, home) ? 1 : 2)
  return [...groups.values()].sort((a, b) => distance(a) - distance(b) || a.name.localeCompare(b.name, 'zh'))
}

/** The first so many units of all groups together. */
export function firstOf(groups: readonly UnitGroup[], count: number): UnitGroup[] {
  const first: UnitGroup[] = []
  let left = count
  for (const group of groups) {
    if (left <= 0) break
    first.push(group.units.length <= left ? group : { ...group, units: group.units.slice(0, left) })
    left -= group.units.length
  }
  return first
}

function passes(model: Model, unit: Unit, filter: UnitFilter): boolean {
  if (filter === 'online') return unit.online
  if (filter === 'live') return model.lives[unit.id]?.live !== undefined
  return true
}

function matches(model: Model, unit: Unit, words: string): boolean {
  if (!words) return true
  const text = [unit.name, unit.id, ...unit.people, placeOf(model, unit.node)].join(' ').toLowerCase()
  return words.split(/\s+/).every((word) => text.includes(word))
}

function rank(model: Model, unit: Unit): number {
  return model.lives[unit.id]?.live ? 0 : unit.online ? 1 : 2
}

function isWithin(model: Model, node: string, above: string | undefined): boolean {
  return above !== undefined && wayUp(model, node).some(({ id }) => id === above)
}

/** `town · station`, without the centre that everything belongs to, and without the own place above. */
export function placeOf(model: Model, node: string, home?: string): string {
  const way = wayUp(model, node)
  const names = way
    .filter(({ id, parent }, step) => step === 0 || (parent !== undefined && !isWithin(model, home ?? '', id)))
    .map(({ name }) => name)
  return names.reverse().join(' · ') || node
}

/** The node and all above it. */
function wayUp(model: Model, node: string): OrgNode[] {
  const way: OrgNode[] = []
  for (let at = model.nodes[node]; at && way.length < 8; at = at.parent ? model.nodes[at.parent] : undefined) way.push(at)
  return way
}

/** What the talk key means unless one chooses; the whole county is never the first that comes to hand. */
const KINDS_FOR_TALK = ['town', 'incident', 'adHoc', 'pair', 'team', 'station', 'county']

/** Talk groups as the keys 1 to 9 have them: what one listens to, the town first, then the rest, each by name. */
export function groupsForTalk(model: Model): Group[] {
  const home = model.me?.unit ? model.units[model.me.unit]?.node : undefined
  const rank = (group: Group): number =>
    KINDS_FOR_TALK.indexOf(group.kind) + (group.affiliated || group.node === home ? 0 : KINDS_FOR_TALK.length)
  return Object.values(model.groups).sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'zh'))
}

/** The command room that a unit belongs to: of its own place, else of the next one above that has any. */
export function roomOf(model: Model, unit: string | undefined): Unit | undefined {
  const node = unit ? model.units[unit]?.node : undefined
  for (const { id } of node ? wayUp(model, node) : []) {
    const room = Object.values(model.units).find(({ node: home, kind }) => home === id && (kind === 'room' || kind === 'centre'))
    if (room && room.id !== unit) return room
  }
  return undefined
}
