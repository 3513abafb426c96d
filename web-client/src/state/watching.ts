import type { ServerMessage } from '@/protocol/messages'
import type { Model } from './model'
import { say } from './ticker'

type Message<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>

/** Units and their pictures. */
export function unitChanged(model: Model, unit: Model['units'][string], at: number): Model {
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

export function liveChanged(model: Model, message: Message<'live.changed'>, at: number): Model {
  const before = model.lives[message.unit]?.live
  const lives = { ...model.lives, [message.unit]: { live: message.live, watchers: message.watchers ?? [] } }
  const next = { ...model, lives }
  if (Boolean(before) === Boolean(message.live)) return next
  const key = message.live ? 'ticker.live' : 'ticker.liveEnded'
  return say(next, at, key, { unit: nameOf(model, message.unit) }, 'plain', message.unit)
}

export function liveAsked(model: Model, { ask, by, pull }: Message<'live.asked'>, at: number): Model {
  if (model.incoming.some((known) => known.ask === ask)) return model
  return { ...model, incoming: [...model.incoming, { ask, by, pull, at }] }
}

export function liveAnswered(model: Model, message: Message<'live.answered'>, at: number): Model {
  const ask = model.outgoing[message.unit]
  const outgoing = { ...model.outgoing }
  if (message.outcome === 'started') delete outgoing[message.unit]
  else if (ask && ask.ask === message.ask) outgoing[message.unit] = { ...ask, outcome: message.outcome, reason: message.reason }
  const values = { unit: nameOf(model, message.unit), reason: message.reason ?? '' }
  const key = message.outcome === 'declined' && message.reason ? 'declinedWith' : message.outcome
  return say({ ...model, outgoing }, at, `ticker.ask.${key}`, values, message.outcome === 'started' ? 'good' : 'bad', message.unit)
}

export function watchChanged(model: Model, message: Message<'watch.changed'>, at: number): Model {
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

export function nameOf(model: Model, unit: string): string {
  return model.units[unit]?.name ?? unit
}
