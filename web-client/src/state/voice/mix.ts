import { duplexCall } from '../calls'
import { voicesHeard } from '../groups'
import type { Model } from '../model'

/** How one group sounds here: 0 to 1, and from the left (−1) to the right ear (1). */
export interface ChannelMix { volume: number; pan: number }

export const PLAIN: ChannelMix = { volume: 1, pan: 0 }

/** Groups that are heard but not spoken to stand back. */
export const BACKGROUND = 0.35
/** −12 dB: pictures are quieter while people talk. */
export const DUCKED = 0.25

/** How loud a voice slot is. Private calls and what we listen in on are never in the background. */
export function levelOf(model: Model, call: string | undefined, targets: readonly string[], mix: ChannelMix): ChannelMix {
  if (call === undefined) return { volume: 1, pan: 0 }
  const background = model.groups[call] !== undefined && !isSpokenTo(model, call, targets)
  return { volume: mix.volume * (background ? BACKGROUND : 1), pan: mix.pan }
}

function isSpokenTo(model: Model, call: string, targets: readonly string[]): boolean {
  return targets.includes(call) || targets.some((target) => model.groups[target]?.patch?.groups.includes(call))
}

/**
 * How loud a unit's picture is: somebody is heard, or we speak, and then it stands back. Who is heard as a talker already is
 * not heard with the picture as well, or everything would sound doubled.
 */
export function pictureVolume(model: Model, unit: string | undefined, talking: boolean, mixOf: (call: string) => ChannelMix): number {
  const voices = voicesHeard(model)
  if (unit !== undefined && voices.some((voice) => voice.unit === unit && mixOf(voice.call).volume > 0)) return 0
  return talking || voices.length > 0 || duplexCall(model) !== undefined ? DUCKED : 1
}
