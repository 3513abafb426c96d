import type { Floor, FloorGranted, FloorTier, Group } from '@/protocol/messages'
import type { Model } from './model'
import { say } from './ticker'

/** Talk groups that come, change, are joined and go, and who holds their floors. */
export function groupChanged(model: Model, group: Group, at: number): Model {
  const before = model.groups[group.id]
  const next = { ...model, groups: { ...model.groups, [group.id]: group } }
  const name = group.name
  if (!before) return model.ready ? say(next, at, 'ticker.group.made', { name }, 'good') : next
  if (!before.patch && group.patch) return say(next, at, 'ticker.group.joined', { name, by: group.patch.by }, 'plain')
  if (before.patch && !group.patch) return say(next, at, 'ticker.group.parted', { name }, 'plain')
  if (!before.broadcast && group.broadcast) return say(next, at, 'ticker.group.broadcast', { name, by: group.broadcast.by }, 'plain')
  return next
}

export function groupClosed(model: Model, id: string, at: number): Model {
  const known = model.groups[id]
  if (!known) return model
  const groups = { ...model.groups }
  delete groups[id]
  return say({ ...model, groups }, at, 'ticker.group.closed', { name: known.name }, 'plain')
}

export function floorChanged(model: Model, call: string, floor: Floor | undefined): Model {
  const { [call]: _, ...unheard } = model.unheard
  const group = model.groups[call]
  if (group) return { ...model, unheard, groups: { ...model.groups, [call]: { ...group, floor } } }
  const known = model.calls[call]
  if (known) return { ...model, unheard, calls: { ...model.calls, [call]: { ...known, floor } } }
  return model
}

/** We talk ourselves; the server tells only the others. What is joined with the group carries us as well. */
export function ownFloor(model: Model, { call, tier }: FloorGranted, at: number): Model {
  const me = model.me
  const floor: Floor = {
    talker: { user: me?.id ?? '', name: me?.name ?? '', ...(me?.unit ? { unit: me.unit } : {}) }, mayRequest: true, tier, since: new Date(at).toISOString(),
  }
  const joined = model.groups[call]?.patch?.groups ?? []
  return [call, ...joined.filter((id) => id !== call && model.groups[id]?.affiliated)].reduce((next, id) => floorChanged(next, id, floor), model)
}

export function floorTier(model: Model, { call, tier, by }: FloorTier, at: number): Model {
  const group = model.groups[call]
  if (!group || group.tier === tier) return model
  const next = { ...model, groups: { ...model.groups, [call]: { ...group, tier } } }
  return say(next, at, `ticker.tier.${tier}`, { name: group.name, by: by ?? '' }, tier === 'yellow' ? 'plain' : 'bad')
}

/** Groups that this one is joined with, itself not among them. */
export function joinedWith(model: Model, group: Group): Group[] {
  return (group.patch?.groups ?? []).filter((id) => id !== group.id).flatMap((id) => model.groups[id] ?? [])
}

/** How many units a word in these groups reaches, and how many of them are there now. */
export function reachOf(model: Model, groups: readonly string[]): { all: number; online: number } {
  const joined = groups.flatMap((id) => model.groups[id]?.patch?.groups ?? [id])
  const units = new Set(joined.flatMap((id) => model.groups[id]?.members ?? []))
  units.delete(model.me?.unit ?? '')
  return { all: units.size, online: [...units].filter((unit) => model.units[unit]?.online).length }
}

/** Everybody who is heard now, by group or call. */
export interface Voice { call: string; where: string; who: string; unit: string | undefined; tier: Floor['tier']; mayRequest: boolean; private: boolean; since: string }

export function voicesHeard(model: Model): Voice[] {
  const groups = Object.values(model.groups).filter(({ affiliated }) => affiliated).map(({ id, name, floor }) => ({ call: id, where: name, floor, private: false }))
  const calls = Object.values(model.calls).filter(({ ringing }) => !ringing).map(({ call, name, floor }) => ({ call, where: name, floor, private: true }))
  return [...calls, ...groups].flatMap(({ call, where, floor, private: isPrivate }) =>
    floor && floor.talker.user !== model.me?.id && !model.unheard[call]
      ? [{ call, where, who: floor.talker.name, unit: floor.talker.unit, tier: floor.tier, mayRequest: floor.mayRequest, private: isPrivate, since: floor.since }]
      : [])
}
