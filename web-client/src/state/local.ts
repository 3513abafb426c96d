import { burstsFound } from './field'
import type { LocalEvent, Model } from './model'
import { say } from './ticker'

/** Our own acts, shown before the server has confirmed them. */
export function reduceLocal(model: Model, event: LocalEvent, at: number): Model {
  switch (event.type) {
    case 'local.drafted':
      return { ...model, drafts: [event.draft, ...model.drafts.filter((draft) => draft.order !== event.draft.order)] }
    case 'local.draft-refused':
      return { ...model, drafts: model.drafts.map((draft) => (draft.order === event.order ? { ...draft, refused: event.code } : draft)) }
    case 'local.draft-dropped':
      return { ...model, drafts: model.drafts.filter((draft) => draft.order !== event.order) }
    case 'local.asked':
      return { ...model, outgoing: { ...model.outgoing, [event.ask.unit]: event.ask } }
    case 'local.ask-refused': {
      const ask = Object.values(model.outgoing).find((known) => known.ask === event.ask)
      if (!ask) return model
      return { ...model, outgoing: { ...model.outgoing, [ask.unit]: { ...ask, outcome: 'refused', reason: event.code } } }
    }
    case 'local.ask-seen':
      return { ...model, incoming: model.incoming.filter((known) => known.ask !== event.ask) }
    case 'local.outgoing-seen': {
      const outgoing = { ...model.outgoing }
      delete outgoing[event.unit]
      return { ...model, outgoing }
    }
    case 'local.reported':
      return { ...model, pending: [...model.pending.filter((known) => !same(known, event.report)), event.report] }
    case 'local.report-settled':
      return { ...model, pending: model.pending.filter((known) => !same(known, event)) }
    case 'local.watching':
      return { ...model, tiles: { ...model.tiles, [event.tile]: { unit: event.unit, state: 'waiting' } } }
    case 'local.watch-refused':
      return { ...model, tiles: { ...model.tiles, [event.tile]: { unit: event.unit, state: 'ended', reason: event.reason } } }
    case 'local.unwatched': {
      const tiles = { ...model.tiles }
      delete tiles[event.tile]
      return { ...model, tiles }
    }
    case 'local.affiliated': {
      const group = model.groups[event.group]
      if (!group) return model
      return { ...model, groups: { ...model.groups, [event.group]: { ...group, affiliated: event.affiliated } } }
    }
    case 'local.status': {
      const own = model.me?.unit ? model.units[model.me.unit] : undefined
      return own ? { ...model, units: { ...model.units, [own.id]: { ...own, status: event.status } } } : model
    }
    case 'local.call-gone': {
      const calls = { ...model.calls }
      delete calls[event.call]
      return { ...model, calls }
    }
    case 'local.callback-done': {
      const callbacks = { ...model.callbacks }
      delete callbacks[event.callback]
      return { ...model, callbacks }
    }
    case 'local.raised':
      return model.alerts[event.raising.alert] ? model : { ...model, raising: event.raising }
    case 'local.raise-refused':
      return model.raising?.alert === event.alert ? { ...model, raising: { ...model.raising, refused: event.code } } : model
    case 'local.raise-dropped':
      return { ...model, raising: undefined }
    case 'local.heard':
      return { ...model, bursts: model.bursts.map((burst) => (event.bursts.includes(burst.id) ? { ...burst, heard: true } : burst)) }
    case 'local.bursts-found':
      return burstsFound(model, event.bursts)
    case 'local.listening':
      return { ...model, listening: { ...model.listening, [event.listening.ambient]: event.listening } }
    case 'local.listening-ended': {
      const listening = { ...model.listening }
      delete listening[event.ambient]
      return { ...model, listening }
    }
    case 'local.said':
      return say(model, at, event.key, event.values, event.tone)
  }
}

function same(a: { order: string; step: string }, b: { order: string; step: string }): boolean {
  return a.order === b.order && a.step === b.step
}
