import { shallowRef, type ShallowRef } from 'vue'
import { LinkLost, type Link } from '@/connection/link'
import { whenNetworkChanges } from '@/connection/network'
import { MediaPeer } from '@/media/peer'
import type { MediaStats } from '@/media/stats'
import type { Welcome } from '@/protocol/messages'

export interface MediaEvents {
  /** Senders are new. */
  rebuilt(peer: MediaPeer): void
  /** What this page sends is to be announced (again): the server knows nothing of it. */
  sending(): void
  trouble(error: unknown): void
}

const STATS_REPORT_EVERY_MS = 10_000

/**
 * The peer connection of a session: opened with its first welcome, kept over resumed ones, begun anew with new ones;
 * when the session has moved to another node, the new one comes about before the old one ends.
 */
export class MediaDesk {
  readonly peerState: ShallowRef<RTCPeerConnectionState | 'none'> = shallowRef('none')
  readonly stats: ShallowRef<MediaStats | undefined> = shallowRef(undefined)
  /** Goes up when all received tracks are new ones. */
  readonly generation: ShallowRef<number> = shallowRef(0)
  /** Goes up when a new peer connection is agreed with the server. */
  readonly agreed: ShallowRef<number> = shallowRef(0)
  private media: MediaPeer | undefined
  private isAgreed = false
  private reportTimer: ReturnType<typeof setInterval> | undefined
  private ignoreNetwork = (): void => {}

  constructor(private readonly link: Link, private readonly events: MediaEvents, private readonly wanted: { voiceSlots: number; tiles: number }) {}

  start(): void {
    this.ignoreNetwork = whenNetworkChanges(() => this.networkChanged())
    this.reportTimer = setInterval(() => this.reportStats(), STATS_REPORT_EVERY_MS)
  }

  stop(): void {
    this.ignoreNetwork()
    clearInterval(this.reportTimer)
    this.close()
  }

  peer(): MediaPeer | undefined {
    return this.media
  }

  get isUp(): boolean {
    return this.isAgreed
  }

  welcomed(welcome: Welcome): void {
    if (!this.media) return this.open(welcome)
    // Another node may not take what the one before did.
    this.media.options.layers = welcome.limits.layers
    if (welcome.moved) this.media.replace()
    else if (!welcome.resumed) this.media.rebuild()
    else this.media.linkUp()
  }

  /** The server has lost our connection. */
  lost(): void {
    this.media?.rebuild()
  }

  close(): void {
    this.media?.close()
    this.media = undefined
    this.isAgreed = false
    this.peerState.value = 'none'
  }

  private open(welcome: Welcome): void {
    this.media = new MediaPeer(
      {
        offer: async (sdp, sections) => {
          const answer = await this.link.ask({ type: 'media.offer', sdp, sections })
          if (answer.type !== 'media.answer') throw new Error(`no answer but ${answer.type}`)
          return answer.sdp
        },
        close: () => this.link.tell({ type: 'media.close' }),
      },
      {
        rebuilt: () => this.rebuilt(),
        agreed: () => {
          this.isAgreed = true
          this.agreed.value++
        },
        sending: () => this.events.sending(),
        renewed: () => this.generation.value++,
        state: (state) => (this.peerState.value = state),
        stats: (stats) => (this.stats.value = stats),
        unanswered: () => this.link.retryNow(),
        moved: (silentMs) => this.link.moved(silentMs),
        trouble: (error) => error instanceof LinkLost || this.events.trouble(error),
      },
      {
        voiceSlots: Math.min(this.wanted.voiceSlots, welcome.limits.voiceSlots),
        tiles: Math.min(this.wanted.tiles, welcome.limits.tiles),
        iceServers: welcome.iceServers,
        layers: welcome.limits.layers,
      },
    )
    this.media.start()
  }

  private rebuilt(): void {
    this.isAgreed = false
    if (this.media) this.events.rebuilt(this.media)
  }

  private networkChanged(): void {
    this.link.retryNow()
    void this.media?.networkChanged()
  }

  private reportStats(): void {
    const stats = this.stats.value
    if (!stats) return
    this.link.tell({
      type: 'stats.report',
      legs: {
        ...(stats.rttMs >= 0 ? { rttMs: stats.rttMs } : {}),
        lossPercent: Math.round(stats.lossPercent * 10) / 10,
        kbpsUp: stats.kbpsUp, kbpsDown: stats.kbpsDown, freezes: stats.freezes,
      },
    })
  }
}
