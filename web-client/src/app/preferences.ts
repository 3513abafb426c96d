import { shallowRef, type ShallowRef } from 'vue'
import type { MapApp } from '@/state/place/navigation'
import { PLAIN, type ChannelMix } from '@/state/voice/mix'

/** What a person has set up at this device, whoever is signed in. */
export interface Preferences {
  /** A touch switches the talk key on, another one off. */
  latch: boolean
  /** The keys of a headset switch the talk on and off. */
  mediaKeys: boolean
  /** Private calls ring; nothing is opened without an answer. */
  ring: boolean
  /** Keys and buttons that talk while they are held, beside the space bar. */
  talkKeys: readonly string[]
  /** Who shows the way to an incident. */
  mapApp: MapApp
  mixes: Readonly<Record<string, ChannelMix>>
}

const KEY = 'maplebridge.preferences'
const DEFAULTS: Preferences = { latch: false, mediaKeys: false, ring: false, talkKeys: [], mapApp: 'system', mixes: {} }

export const preferences: ShallowRef<Preferences> = shallowRef(load())

export function prefer(change: Partial<Preferences>): void {
  preferences.value = { ...preferences.value, ...change }
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences.value))
  } catch {
    // a private window: it lasts as long as the page
  }
}

export function mixOf(group: string): ChannelMix {
  return preferences.value.mixes[group] ?? PLAIN
}

export function setMix(group: string, mix: ChannelMix): void {
  prefer({ mixes: { ...preferences.value.mixes, [group]: mix } })
}

function load(): Preferences {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) }
  } catch {
    return DEFAULTS
  }
}
