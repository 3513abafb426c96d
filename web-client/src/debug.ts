import type { DispatchSession } from './session/session'

/**
 * What a browser test, or somebody who helps by telephone, may see of a running page, as
 * `window.__maplebridge`. Reading it changes nothing.
 *
 * | name | gives |
 * |---|---|
 * | `session`, `lastSeq` | the session's id and the last number heard in it |
 * | `link`, `media` | phase of the WebSocket, state of the peer connection |
 * | `floors` | group or call → who is talking |
 * | `talk`, `talks` | what the talk key is doing, as a whole and in each group or call |
 * | `calls`, `alerts` | private calls (ringing or open) and calls for help |
 * | `voice` | voice slot → group, call or unit that is listened to |
 * | `unsent` | messages that wait for the server's answer |
 * | `tiles` | tile → unit and state |
 * | `summary()` | round trip, loss, rates and addresses of the last two seconds |
 *
 * With `?debug=1` in the page's address it also has `debug`, which interferes:
 *
 * | name | does |
 * |---|---|
 * | `dropSocket()` | breaks the WebSocket without a word; the page reconnects by itself |
 * | `hear(message)` | takes a message as if the server had sent it: for loads that no server of the test has |
 * | `restartIce()` | new ICE credentials and UDP sockets on the same peer connection |
 * | `rebuildMedia()` | a whole new peer connection |
 * | `peerConnection()` | the RTCPeerConnection itself |
 * | `tileStream(tile)`, `voiceStreams()`, `micTrack()` | media for an AnalyserNode or a frame reader |
 */
export interface Surface {
  readonly version: string
  readonly session: string | undefined
  readonly lastSeq: number
  readonly link: string
  readonly media: string
  readonly floors: Record<string, string>
  readonly talk: string
  readonly talks: Record<string, string>
  readonly calls: Record<string, string>
  readonly alerts: Record<string, string>
  readonly voice: Record<string, string | undefined>
  readonly unsent: number
  readonly tiles: Record<number, { unit: string; state: string }>
  summary(): Record<string, unknown> | undefined
  debug?: Record<string, (...args: never[]) => unknown>
}

declare global {
  interface Window {
    __maplebridge?: Surface
  }
}

const interferes = new URLSearchParams(location.search).get('debug') === '1'

export function exposeSession(session: DispatchSession): void {
  const model = () => session.model()
  const surface: Surface = {
    version: '0.1.0',
    get session() {
      return session.link.session
    },
    get lastSeq() {
      return session.link.lastSeq
    },
    get link() {
      return session.phase.value.name
    },
    get media() {
      return session.peer()?.state ?? 'none'
    },
    get floors() {
      const held = [...Object.values(model().groups).map((group) => [group.id, group.floor] as const),
        ...Object.values(model().calls).map((call) => [call.call, call.floor] as const)]
      return Object.fromEntries(held.flatMap(([id, floor]) => (floor ? [[id, floor.talker.user]] : [])))
    },
    get talk() {
      return session.talk.talk.value.name
    },
    get talks() {
      return Object.fromEntries([...session.talk.talks.value].map(([call, talk]) => [call, talk.name]))
    },
    get calls() {
      return Object.fromEntries(Object.values(model().calls).map(({ call, ringing }) => [call, ringing ? 'ringing' : 'open']))
    },
    get alerts() {
      return Object.fromEntries(Object.values(model().alerts).map(({ id, phase }) => [id, phase]))
    },
    get voice() {
      return model().voice
    },
    get unsent() {
      return session.link.unsent
    },
    get tiles() {
      return Object.fromEntries(Object.entries(model().tiles).map(([tile, { unit, state }]) => [tile, { unit, state }]))
    },
    summary() {
      const stats = session.peer()?.lastStats
      return stats && { ...stats, received: [...stats.received.values()], sent: [...stats.sent.values()] }
    },
  }
  // Fetched for those who ask: everybody else would carry it along.
  if (interferes) void import('./interference').then(({ interference }) => (surface.debug = interference(session)))
  window.__maplebridge = surface
}
