import type { AmbientAsked, AmbientChanged, Call, Callback, CallbackChanged, CallClosed, CallOpened, CallRinging } from '@/protocol/messages'
import type { Model } from './model'
import { say } from './ticker'
import { nameOf } from './watching'

/** Private calls, requests to call back, and listening in. */
export function callRinging(model: Model, message: CallRinging, at: number): Model {
  if (model.calls[message.call] && !model.calls[message.call]!.ringing) return model
  const next = withCall(model, message, true)
  const key = message.incoming ? 'ticker.callIncoming' : 'ticker.callRinging'
  return model.calls[message.call] ? next : say(next, at, key, { name: message.name, by: message.by }, 'plain', message.unit)
}

export function callOpened(model: Model, message: CallOpened, at: number): Model {
  return say(withCall(model, message, false), at, 'ticker.callOpened', { name: message.name }, 'plain', message.unit)
}

export function callClosed(model: Model, { call, cause }: CallClosed, at: number): Model {
  const known = model.calls[call]
  if (!known) return model
  const calls = { ...model.calls }
  delete calls[call]
  return say({ ...model, calls }, at, `ticker.callClosed.${cause}`, { name: known.name }, cause === 'hungUp' ? 'plain' : 'bad', known.unit)
}

function withCall(model: Model, message: CallRinging | CallOpened, ringing: boolean): Model {
  const { call, unit, name, by, oneAtATime, incoming } = message
  const floor = model.calls[call]?.floor
  const entry: Call = { call, unit, name, by, oneAtATime, incoming, ringing, ...(floor ? { floor } : {}) }
  return { ...model, calls: { ...model.calls, [call]: entry } }
}

export function callbackChanged(model: Model, { callback, open }: CallbackChanged, at: number): Model {
  const callbacks = { ...model.callbacks }
  const known = callbacks[callback.id]
  if (open) callbacks[callback.id] = callback
  else delete callbacks[callback.id]
  const next = { ...model, callbacks }
  if (open && !known) return say(next, at, 'ticker.callbackAsked', { name: callback.name, by: callback.by }, 'plain', callback.unit)
  return !open && known ? say(next, at, 'ticker.callbackDone', { name: callback.name }, 'good', callback.unit) : next
}

export function ambientAsked(model: Model, { ambient, by, picture, notice }: AmbientAsked, at: number): Model {
  if (model.listenedTo.some((known) => known.ambient === ambient)) return model
  return { ...model, listenedTo: [...model.listenedTo, { ambient, by, picture, notice, since: at }] }
}

export function ambientChanged(model: Model, message: AmbientChanged, at: number): Model {
  const { ambient, unit, state, notice, reason } = message
  const known = model.listening[ambient]
  const listening = { ...model.listening }
  if (state === 'ended') delete listening[ambient]
  else listening[ambient] = { ambient, unit, state, notice, since: known && known.state === state ? known.since : at }
  const next = { ...model, listening }
  if (known?.state === state) return next
  return say(next, at, `ticker.ambient.${state === 'ended' && reason ? 'endedWith' : state}`, { unit: nameOf(model, unit), reason: reason ?? '' }, 'plain', unit)
}

/** Private calls of the two kinds in which something is to be done: those that ring here, and those that are open. */
export function ringingHere(model: Model): Call[] {
  return Object.values(model.calls).filter(({ ringing, incoming }) => ringing && incoming)
}

export function openCalls(model: Model): Call[] {
  return Object.values(model.calls).filter(({ ringing }) => !ringing)
}

/** A call in which both sides may talk at any time. */
export function duplexCall(model: Model): Call | undefined {
  return Object.values(model.calls).find(({ ringing, oneAtATime }) => !ringing && !oneAtATime)
}

/** Units that want to be called back by us, the longest wait first. Our own requests are the other side's. */
export function callbacksForUs(model: Model): Callback[] {
  return Object.values(model.callbacks).filter(({ unit }) => unit !== model.me?.unit).sort((a, b) => a.at.localeCompare(b.at))
}
