import type { WatchQuality } from '@/protocol/messages'
import type { MediaStats, SectionStats } from './stats'

/** Where a picture stops: plain words for each stand in the locale files under `hop`. */
export type Hop = 'ok' | 'camera-off' | 'camera-silent' | 'uplink-silent' | 'uplink-weak' | 'server' | 'downlink-silent' | 'downlink-weak' | 'starting'

const SILENT_MS = 3_000
const LOSSY_PERCENT = 8

/** Names the first hop, from the camera to this page, on which nothing or too little comes through. */
export function silentHop(far: WatchQuality | undefined, here: SectionStats | undefined): Hop {
  const moving = here !== undefined && here.packets > 0
  if (far?.camera === 'off' && !moving) return 'camera-off'
  if (far?.camera === 'silent' && !moving) return 'camera-silent'
  const uplinkSilentMs = far?.uplink.silentMs ?? -1
  if (uplinkSilentMs > SILENT_MS && !moving) return 'uplink-silent'
  if (far?.server === 'overloaded') return 'server'
  if (here && here.silentMs > SILENT_MS) return uplinkSilentMs >= 0 && uplinkSilentMs <= SILENT_MS ? 'downlink-silent' : 'uplink-silent'
  if (far && far.uplink.lossPercent > LOSSY_PERCENT) return 'uplink-weak'
  if (here && here.lossPercent > LOSSY_PERCENT) return 'downlink-weak'
  if (!here || here.framesDecoded === 0) return 'starting'
  return 'ok'
}

export type Grade = 'good' | 'fair' | 'poor' | 'none'

/** The one chip that is always visible: 良好, 一般, 差, or no connection. */
export function grade(open: boolean, media: RTCPeerConnectionState | 'none', stats: MediaStats | undefined): Grade {
  if (!open) return 'none'
  if (media === 'failed' || media === 'disconnected') return 'poor'
  if (!stats || stats.rttMs < 0) return 'good'
  if (stats.rttMs > 400 || stats.lossPercent > 10) return 'poor'
  if (stats.rttMs > 150 || stats.lossPercent > 3 || media === 'connecting') return 'fair'
  return 'good'
}

export function tileGrade(here: SectionStats | undefined, rttMs: number, hop: Hop): Grade {
  if (!here || hop === 'starting') return 'none'
  if (hop !== 'ok') return 'poor'
  if (here.lossPercent > 3 || rttMs > 300 || (here.fps > 0 && here.fps < 10)) return 'fair'
  return 'good'
}
