import type { Floor, Order, ServerMessage, Snapshot } from '@/protocol/messages'
import { reduceLocal } from './local'
import type { LocalEvent, Model } from './model'
import { say } from './ticker'
import { newSteps, sortKeyOf } from './orders'

/** The next state of the world after one message or one act of our own. Pure. */
export function reduce(model: Model, event: ServerMessage | LocalEvent, at: number): Model {
  if (event.type.startsWith('local.')) return reduceLocal(model, event as LocalEvent, at)
  return reduceServer(model, event as ServerMessage, at)
}

function reduceServer(model: Model, message: ServerMessage, at: number): Model {
  switch (message.type) {
    case 'welcome':
      return { ...model, me: message.user, limits: message.limits ?? model.limits }
    case 'snapshot':
      return fromSnapshot(model, message)
    case 'unit.changed':
      return unitChanged(model, message.unit, at)
    case 'live.changed':
      return liveChanged(model, message, at)
    case 'live.asked':
      if (model.incoming.some((known) => known.ask === message.ask)) return model
      return { ...model, incoming: [...model.incoming, { ask: message.ask, by: message.by, pull: message.pull, at }] }
    case 'live.answered':
      return liveAnswered(model, message, at)
    case 'watch.changed':
      return watchChanged(model, message, at)
    case 'voice.slot':
      return { ...model, voice: { ...model.voice, [message.mid]: message.call } }
    case 'call.opened':
      return callOpened(model, message, at)
    case 'call.closed':
      return callClosed(model, message.call, at)
    case 'floor.taken':
      return withFloor(model, message.call, { talker: message.talker, since: message.since, mayRequest: message.mayRequest })
    case 'floor.idle':
      return withFloor(model, message.call, undefined)
    case 'floor.granted':
      return withFloor(model, message.call, ownFloor(model, at))
    case 'order.changed':
      return orderChanged(model, message.order, at)
    case 'media.state':
      return message.state === 'lost' ? { ...model, voice: {} } : model
    case 'ok':
    case 'refused':
    case 'pong':
    case 'media.answer':
    case 'watch.quality':
    case 'floor.denied':
    case 'floor.revoked':
    case 'floor.queued':
    case 'session.ending':
      return model
  }
  return model // a word of a newer server
}

function keyed<T>(list: readonly T[] | undefined, key: (entry: T) => string | number): Record<string, T> {
  return Object.fromEntries((list ?? []).map((entry) => [key(entry), entry]))
}

function fromSnapshot(model: Model, snapshot: Snapshot): Model {
  const orders = keyed(snapshot.orders, (order) => order.id)
  return {
    ...model,
    ready: true,
    nodes: keyed(snapshot.nodes, (node) => node.id),
    units: keyed(snapshot.units, (unit) => unit.id),
    groups: keyed(snapshot.groups, (group) => group.id),
    orders,
    lives: Object.fromEntries((snapshot.lives ?? []).map(({ unit, live, watchers }) => [unit, { live, watchers: watchers ?? [] }])),
    tiles: Object.fromEntries((snapshot.watching ?? []).map(({ tile, unit, state }) => [tile, { unit, state }])),
    calls: keyed(snapshot.calls, (call) => call.call),
    drafts: model.drafts.filter((draft) => !orders[draft.order]),
    incoming: [],
    voice: {},
  }
}

function unitChanged(model: Model, unit: Model['units'][string], at: number): Model {
  const before = model.units[unit.id]
  const next = { ...model, units: { ...model.units, [unit.id]: unit } }
  if (before && before.online !== unit.online) {
    return say(next, at, unit.online ? 'ticker.online' : 'ticker.offline', { unit: unit.name }, 'plain', unit.id)
  }
  if (before && before.status !== unit.status) {
    return say(next, at, `ticker.status.${unit.status}`, { unit: unit.name }, 'plain', unit.id)
  }
  return next
}

function liveChanged(model: Model, message: ServerMessage & { type: 'live.changed' }, at: number): Model {
  const before = model.lives[message.unit]?.live
  const lives = { ...model.lives, [message.unit]: { live: message.live, watchers: message.watchers ?? [] } }
  const next = { ...model, lives }
  if (Boolean(before) === Boolean(message.live)) return next
  const key = message.live ? 'ticker.live' : 'ticker.liveEnded'
  return say(next, at, key, { unit: nameOf(model, message.unit) }, 'plain', message.unit)
}

function liveAnswered(model: Model, message: ServerMessage & { type: 'live.answered' }, at: number): Model {
  const ask = model.outgoing[message.unit]
  const outgoing = { ...model.outgoing }
  if (message.outcome === 'started') delete outgoing[message.unit]
  else if (ask && ask.ask === message.ask) outgoing[message.unit] = { ...ask, outcome: message.outcome, reason: message.reason }
  const values = { unit: nameOf(model, message.unit), reason: message.reason ?? '' }
  const key = message.outcome === 'declined' && message.reason ? 'declinedWith' : message.outcome
  return say({ ...model, outgoing }, at, `ticker.ask.${key}`, values, message.outcome === 'started' ? 'good' : 'bad', message.unit)
}

function watchChanged(model: Model, message: ServerMessage & { type: 'watch.changed' }, at: number): Model {
  const tiles = { ...model.tiles }
  const before = tiles[message.tile]
  if (message.state === 'stopped') {
    // The word for a picture that was replaced meanwhile must not clear the new one.
    if (before && before.unit === message.unit) delete tiles[message.tile]
    return { ...model, tiles }
  }
  tiles[message.tile] = { unit: message.unit, state: message.state, reason: message.reason }
  const next = { ...model, tiles }
  if (message.state !== 'ended' || before?.state === 'ended') return next
  return say(next, at, 'ticker.pictureEnded', { unit: nameOf(model, message.unit) }, 'bad', message.unit)
}

function callOpened(model: Model, message: ServerMessage & { type: 'call.opened' }, at: number): Model {
  const { call, unit, name, by } = message
  const calls = { ...model.calls, [call]: { call, unit, name, by } }
  return say({ ...model, calls }, at, 'ticker.callOpened', { name }, 'plain', unit)
}

function callClosed(model: Model, call: string, at: number): Model {
  const known = model.calls[call]
  if (!known) return model
  const calls = { ...model.calls }
  delete calls[call]
  return say({ ...model, calls }, at, 'ticker.callClosed', { name: known.name }, 'plain', known.unit)
}

function withFloor(model: Model, call: string, floor: Floor | undefined): Model {
  const group = model.groups[call]
  if (group) return { ...model, groups: { ...model.groups, [call]: { ...group, floor } } }
  const known = model.calls[call]
  if (known) return { ...model, calls: { ...model.calls, [call]: { ...known, floor } } }
  return model
}

function ownFloor(model: Model, at: number): Floor {
  const me = model.me
  const talker = { user: me?.id ?? '', name: me?.name ?? '', unit: me?.unit }
  return { talker, mayRequest: true, since: new Date(at).toISOString() }
}

function orderChanged(model: Model, order: Order, at: number): Model {
  const before = model.orders[order.id]
  let next: Model = {
    ...model,
    orders: { ...model.orders, [order.id]: order },
    drafts: model.drafts.filter((draft) => draft.order !== order.id),
  }
  if (!before) next = say(next, at, 'ticker.orderPlaced', { number: String(order.number), by: order.placedBy?.name ?? '' }, 'plain')
  for (const { assignee, step } of newSteps(before, order)) {
    if (step === 'placed' || step === 'delivered') continue
    const values = { number: String(order.number), unit: assignee.name, reason: assignee.reason ?? '' }
    next = say(next, at, `ticker.step.${step}`, values, step === 'refused' ? 'bad' : 'good', assignee.unit)
  }
  return next
}

function nameOf(model: Model, unit: string): string {
  return model.units[unit]?.name ?? unit
}

/** All orders, the newest first. */
export function ordersNewestFirst(model: Model): Order[] {
  return Object.values(model.orders).sort((a, b) => sortKeyOf(b).localeCompare(sortKeyOf(a)))
}
