/**
 * The keys of a headset or car kit. They know no letting go, so each press switches. A browser
 * hands them to pages that play something of their own, hence a sound that nobody hears.
 */
export function listenForMediaKeys(toggle: () => void): () => void {
  const session = (navigator as Navigator & { mediaSession?: MediaSession }).mediaSession
  if (!session) return () => {}
  const url = URL.createObjectURL(silence())
  const player = new Audio(url)
  player.loop = true
  // Refused until the page was touched; then the keys do nothing, as before.
  player.play().catch(() => undefined)
  const press = (): void => {
    toggle()
    // A browser that was told to pause would not tell us of the next press.
    player.play().catch(() => undefined)
  }
  for (const action of ['play', 'pause'] as const) session.setActionHandler(action, press)
  return () => {
    for (const action of ['play', 'pause'] as const) session.setActionHandler(action, null)
    player.pause()
    URL.revokeObjectURL(url)
  }
}

const SAMPLES_PER_SECOND = 8_000
const SECONDS = 6

/** Six seconds of nothing, as a WAV file: shorter sounds are no media to a browser. */
function silence(): Blob {
  const samples = SAMPLES_PER_SECOND * SECONDS
  const bytes = new DataView(new ArrayBuffer(44 + samples))
  const text = (at: number, words: string): void => [...words].forEach((letter, index) => bytes.setUint8(at + index, letter.charCodeAt(0)))
  text(0, 'RIFF')
  bytes.setUint32(4, 36 + samples, true)
  text(8, 'WAVEfmt ')
  bytes.setUint32(16, 16, true)
  bytes.setUint16(20, 1, true)
  bytes.setUint16(22, 1, true)
  bytes.setUint32(24, SAMPLES_PER_SECOND, true)
  bytes.setUint32(28, SAMPLES_PER_SECOND, true)
  bytes.setUint16(32, 1, true)
  bytes.setUint16(34, 8, true)
  text(36, 'data')
  bytes.setUint32(40, samples, true)
  for (let at = 44; at < bytes.byteLength; at++) bytes.setUint8(at, 128)
  return new Blob([bytes.buffer], { type: 'audio/wav' })
}
