import type { Order, ServerMessage, Snapshot } from '@/protocol/messages'
import { ambientAsked, ambientChanged, callbackChanged, callClosed, callOpened, callRinging } from './calls'
import { floorChanged, floorTier, groupChanged, groupClosed, ownFloor } from './groups'
import { alertChanged, burstEnded, burstsFromSnapshot, keyedAlerts, positionsChanged } from './field'
import { reduceLocal } from './local'
import type { LocalEvent, Model } from './model'
import { newSteps, sortKeyOf } from './orders'
import { say } from './ticker'
import { liveAnswered, liveAsked, liveChanged, unitChanged, watchChanged } from './watching'

/** The next state of the world after one message or one act of our own. Pure. */
export function reduce(model: Model, event: ServerMessage | LocalEvent, at: number): Model {
  if (event.type.startsWith('local.')) return reduceLocal(model, event as LocalEvent, at)
  return reduceServer(model, event as ServerMessage, at)
}

function reduceServer(model: Model, message: ServerMessage, at: number): Model {
  switch (message.type) {
    case 'welcome':
      return { ...model, me: message.user, limits: message.limits ?? model.limits, moved: message.moved ?? false }
    case 'snapshot':
      return fromSnapshot(model, message, at)
    case 'unit.changed':
      return unitChanged(model, message.unit, at)
    case 'live.changed':
      return liveChanged(model, message, at)
    case 'live.asked':
      return liveAsked(model, message, at)
    case 'live.answered':
      return liveAnswered(model, message, at)
    case 'watch.changed':
      return watchChanged(model, message, at)
    case 'voice.slot':
      return { ...model, voice: { ...model.voice, [message.mid]: message.call } }
    case 'call.ringing':
      return callRinging(model, message, at)
    case 'call.opened':
      return callOpened(model, message, at)
    case 'call.closed':
      return callClosed(model, message, at)
    case 'callback.changed':
      return callbackChanged(model, message, at)
    case 'ambient.asked':
      return ambientAsked(model, message, at)
    case 'ambient.ended':
      return { ...model, listenedTo: model.listenedTo.filter(({ ambient }) => ambient !== message.ambient) }
    case 'ambient.changed':
      return ambientChanged(model, message, at)
    case 'alert.changed':
      return alertChanged(model, message.alert, at)
    case 'positions.changed':
      return positionsChanged(model, message.positions)
    case 'burst.ended':
      return burstEnded(model, message.burst)
    case 'group.changed':
      return groupChanged(model, message.group, at)
    case 'group.closed':
      return groupClosed(model, message.group, at)
    case 'floor.taken':
      return floorChanged(model, message.call, { talker: message.talker, since: message.since, mayRequest: message.mayRequest, tier: message.tier })
    case 'floor.unheard':
      return { ...model, unheard: { ...model.unheard, [message.call]: message.reason } }
    case 'floor.idle':
      return floorChanged(model, message.call, undefined)
    case 'floor.granted':
      return ownFloor(model, message, at)
    case 'floor.tier':
      return floorTier(model, message, at)
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

function fromSnapshot(model: Model, snapshot: Snapshot, at: number): Model {
  const orders = keyed(snapshot.orders, (order) => order.id)
  const alerts = keyedAlerts(model, snapshot.alerts ?? [], at)
  return {
    ...model,
    ready: true,
    nodes: keyed(snapshot.nodes, (node) => node.id),
    units: keyed(snapshot.units, (unit) => unit.id),
    groups: keyed(snapshot.groups, (group) => group.id),
    orders,
    lives: Object.fromEntries((snapshot.lives ?? []).map(({ unit, live, watchers }) => [unit, { live, watchers: watchers ?? [] }])),
    tiles: model.moved ? model.tiles : Object.fromEntries((snapshot.watching ?? []).map(({ tile, unit, state }) => [tile, { unit, state }])),
    calls: keyed(snapshot.calls, (call) => call.call),
    callbacks: keyed(snapshot.callbacks, (callback) => callback.id),
    alerts,
    raising: model.raising && alerts[model.raising.alert] ? undefined : model.raising,
    positions: keyed(snapshot.positions, (position) => position.unit),
    bursts: burstsFromSnapshot(model.bursts, snapshot.missed ?? []),
    // The server ends what a lost session listened to, and asks a new one again.
    listening: {},
    listenedTo: [],
    unheard: {},
    drafts: model.drafts.filter((draft) => !orders[draft.order]),
    incoming: [],
    voice: {},
  }
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

/** All orders, the newest first. */
export function ordersNewestFirst(model: Model): Order[] {
  return Object.values(model.orders).sort((a, b) => sortKeyOf(b).localeCompare(sortKeyOf(a)))
}
