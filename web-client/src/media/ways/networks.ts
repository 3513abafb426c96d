/** A window in which peer connections are made. */
export interface PeerWindow {
  readonly RTCPeerConnection: typeof RTCPeerConnection
  /** Ends the window, and with it every connection made in it. */
  close(): void
}

/** After the last address nothing more is waited for: they come in one burst. */
const SETTLED_MS = 40
const PATIENCE_MS = 500
const HOST_CANDIDATE = /^a=candidate:\S+ \d+ \S+ \d+ (\S+) \d+ typ host/gm

/** The device's own addresses among a description's candidates; undefined where the browser hides them (RFC 8828). Pure. */
export function addressesIn(sdp: string): ReadonlySet<string> | undefined {
  const addresses = new Set([...sdp.matchAll(HOST_CANDIDATE)].map(([, address]) => address!))
  return [...addresses].some((address) => address.endsWith('.local')) ? undefined : addresses
}

/** There is a way on which a connection that was made among `known` has no socket. Pure. */
export function hasNewWay(known: ReadonlySet<string> | undefined, present: ReadonlySet<string> | undefined): boolean {
  return !!known && !!present && [...present].some((address) => !known.has(address))
}

/**
 * A hidden window that knows the networks as they are at this moment.
 *
 * Chromium tells a window of the networks when it makes its first peer connection, and of a change only when that has
 * stood for 1.5 to 4 s. So a connection of the window's own, or its new ICE credentials, find the network that is gone.
 *
 * @param known addresses on which the present connection has sockets
 * @return nothing where that connection has a socket on every way that there is; otherwise the caller closes it
 */
export async function windowOfNow(known: ReadonlySet<string> | undefined): Promise<PeerWindow | undefined> {
  if (!known) return undefined
  const fresh = await openWindow()
  if (!fresh) return undefined
  if (hasNewWay(known, await addressesNow(fresh).catch(() => undefined))) return fresh
  fresh.close()
  return undefined
}

async function openWindow(): Promise<PeerWindow | undefined> {
  const frame = document.createElement('iframe')
  frame.hidden = true
  // Some browsers put the empty document in its place only later, and end what was begun before.
  await new Promise((loaded) => {
    frame.onload = loaded
    document.body.append(frame)
  })
  const inside = frame.contentWindow as (Window & typeof globalThis) | null
  if (inside?.RTCPeerConnection) return { RTCPeerConnection: inside.RTCPeerConnection, close: () => frame.remove() }
  frame.remove()
  return undefined
}

async function addressesNow(home: PeerWindow): Promise<ReadonlySet<string> | undefined> {
  const pc = new home.RTCPeerConnection()
  try {
    const gathered = new Promise<void>((done) => {
      let timer = setTimeout(done, PATIENCE_MS)
      pc.onicecandidate = ({ candidate }) => {
        clearTimeout(timer)
        if (candidate) timer = setTimeout(done, SETTLED_MS)
        else done()
      }
    })
    pc.createDataChannel('')
    await pc.setLocalDescription()
    await gathered
    return addressesIn(pc.localDescription?.sdp ?? '')
  } finally {
    pc.close()
  }
}
