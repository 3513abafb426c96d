import type { Model } from '../model'
import { groupsForTalk } from '../units'

/** So many groups can be spoken to at once. */
export const MOST_SELECTED = 8

/** Pressed plainly, a group is the only one that is spoken to; pressed with Ctrl or Shift, one more or one less. */
export function select(chosen: readonly string[], id: string, several: boolean): readonly string[] {
  if (!several) return [id]
  if (chosen.includes(id)) return chosen.length > 1 ? chosen.filter((other) => other !== id) : chosen
  return [...chosen, id].slice(-MOST_SELECTED)
}

/**
 * Whom the talk key speaks to: what was chosen by hand as far as it is still there, else a private
 * call, else the first of the groups as the keys have them. Of joined groups one is enough.
 */
export function targetsOf(model: Model, chosen: readonly string[]): readonly string[] {
  const there = chosen.filter((id) => model.groups[id] !== undefined || takesTurns(model, id))
  if (there.length > 0) return withoutJoined(model, there)
  const call = Object.keys(model.calls).find((id) => takesTurns(model, id))
  if (call) return [call]
  const first = groupsForTalk(model)[0]
  return first ? [first.id] : []
}

/** A private call in which one talks at a time. In the other kind both microphones are open anyway. */
function takesTurns(model: Model, id: string): boolean {
  const call = model.calls[id]
  return call !== undefined && call.oneAtATime && !call.ringing
}

function withoutJoined(model: Model, ids: readonly string[]): string[] {
  const joined = new Set<string>()
  return ids.filter((id) => {
    if (joined.has(id)) return false
    for (const other of model.groups[id]?.patch?.groups ?? []) joined.add(other)
    return true
  })
}
