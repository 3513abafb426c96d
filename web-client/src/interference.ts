import type { Surface } from './debug'
import type { ServerMessage } from './protocol/messages'
import type { DispatchSession } from './session/session'

/** What may be done to a running page from outside; see debug.ts. */
export function interference(session: DispatchSession): NonNullable<Surface['debug']> {
  return {
    dropSocket: () => session.link.drop(),
    hear: (message: ServerMessage) => session.received(message),
    restartIce: () => session.peer()?.restartIce(),
    rebuildMedia: () => session.peer()?.rebuild(),
    peerConnection: () => session.peer()?.connection,
    tileStream: (tile: number) => new MediaStream(session.peer()?.tileTracks(tile) ?? []),
    voiceStreams: () => (session.peer()?.voiceTracks() ?? []).map(({ mid, track }) => ({ mid, stream: new MediaStream([track]) })),
    micTrack: () => session.mic.track,
  }
}
