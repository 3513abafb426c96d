import type { InjectionKey } from 'vue'
import type { Link } from '@/connection/link'
import type { MediaPeer } from '@/media/peer'
import type { Device } from '@/protocol/messages'
import type { LocalEvent, Model } from '@/state/model'
import type { TalkTone } from '@/state/voice/talk'
import type { DispatchSession } from './session'

export type Tone = TalkTone | 'restored' | 'order' | 'alert' | 'asked' | 'ring'

/** One sentence that lies over the screen until it is read or some seconds are over. */
export interface Notice { id: number; key: string; values: Record<string, string>; tone: 'bad' | 'good' | 'plain' }

/** What the desks (talk, live, orders) need of the session they belong to. */
export interface Wiring {
  readonly link: Link
  peer(): MediaPeer | undefined
  /** The server has agreed to the present peer connection. */
  mediaIsAgreed(): boolean
  listen(group: string, on: boolean): void
  model(): Model
  readonly device: Device
  apply(event: LocalEvent): void
  play(tone: Tone): void
  notice(key: string, values?: Record<string, string>, tone?: Notice['tone']): void
  /** Turns a failed request into a notice in plain words. */
  failed(what: string, error: unknown): void
  now(): number
}

export const SESSION: InjectionKey<DispatchSession> = Symbol('session')

/** Told of each new session; the debug surface listens here. */
export const SESSION_OPENED: InjectionKey<(session: DispatchSession) => void> = Symbol('session opened')
