import { addressesIn, windowOfNow, type PeerWindow } from './networks'
import { PathWatch, type SendingPeer } from './path-watch'

export interface WaysEvents {
  /** What we send has been answered by nobody for so long: time to look around. */
  quiet(silentMs: number): void
  /** For longer than any pause. */
  unanswered(): void
}

/** Whether the ways of a peer connection lead anywhere. Loaded while there still is a network. */
export class Ways {
  private readonly watch: PathWatch
  private looking = false

  constructor(sending: () => SendingPeer | undefined, events: WaysEvents, private readonly lookFrom = windowOfNow) {
    this.watch = new PathWatch(sending, events)
    this.watch.start()
  }

  stop(): void {
    this.watch.stop()
  }

  /** @return a window from which a new connection finds a way that this one cannot take; nothing while a look goes on */
  async look(pc: RTCPeerConnection): Promise<PeerWindow | undefined> {
    if (this.looking || !navigator.onLine) return undefined
    this.looking = true
    try {
      return await this.lookFrom(addressesIn(pc.localDescription?.sdp ?? ''))
    } finally {
      this.looking = false
    }
  }
}
