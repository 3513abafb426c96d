/**
 * Tells that there is a network again, or another kind of one, where the browser says so.
 *
 * @return ends it
 */
export function whenNetworkChanges(tell: () => void): () => void {
  const information = (navigator as Navigator & { connection?: EventTarget & { type?: string } }).connection
  let type = information?.type
  const typed = (): void => {
    // The event also fires for every new speed estimate; only another kind of network matters.
    if (information?.type === type) return
    type = information?.type
    tell()
  }
  window.addEventListener('online', tell)
  information?.addEventListener('change', typed)
  return () => {
    window.removeEventListener('online', tell)
    information?.removeEventListener('change', typed)
  }
}
