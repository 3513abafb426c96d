/** What this browser lacks; the sign-in page says it before anything goes wrong. */
export type Lack = 'webrtc' | 'insecure'

export function lacks(page: Window & typeof globalThis = window): Lack | undefined {
  if (typeof page.RTCPeerConnection === 'undefined') return 'webrtc'
  if (!page.isSecureContext) return 'insecure'
  return undefined
}
