/** Cue tones, made by Web Audio: no files, no network. Each is also shown and felt. */
export const TONE_NAMES = [
  'permit', 'deny', 'busy', 'queued', 'revoke', 'limit', 'end', 'free', 'lost', 'restored', 'ring', 'asked', 'order', 'alert',
] as const
export type ToneName = (typeof TONE_NAMES)[number]

interface Beep { hertz: number; startMs: number; lengthMs: number }

const at = (startMs: number, hertz: number, lengthMs: number): Beep => ({ hertz, startMs, lengthMs })

/** Rising is good, falling is bad, low is no, and three fast ones are an emergency. */
const TONES: Record<ToneName, Beep[]> = {
  permit: [at(0, 1050, 60), at(90, 1400, 70)],
  deny: [at(0, 420, 160), at(190, 420, 220)],
  busy: [at(0, 480, 110), at(170, 480, 110), at(340, 480, 110), at(510, 480, 110)],
  queued: [at(0, 620, 80), at(120, 620, 80)],
  revoke: [at(0, 420, 450)],
  limit: [at(0, 1000, 70), at(140, 1000, 70), at(280, 1000, 70)],
  end: [at(0, 760, 50)],
  free: [at(0, 900, 90)],
  lost: [at(0, 880, 110), at(130, 660, 110), at(260, 440, 160)],
  restored: [at(0, 440, 110), at(130, 660, 110), at(260, 880, 160)],
  ring: [at(0, 700, 180), at(200, 900, 180), at(600, 700, 180), at(800, 900, 180)],
  asked: [at(0, 760, 120), at(160, 1010, 180)],
  order: [at(0, 980, 120), at(160, 1240, 120), at(320, 980, 120), at(480, 1240, 160)],
  alert: [0, 420, 840].flatMap((start) => [at(start, 1300, 130), at(start + 150, 980, 130)]),
}

const VIBRATIONS: Partial<Record<ToneName, number[]>> = {
  permit: [30], deny: [120, 60, 120], busy: [80, 60, 80, 60, 80], queued: [40, 40, 40], revoke: [300], limit: [60, 60, 60], free: [20], lost: [250],
  restored: [40], ring: [400, 200, 400], order: [200, 100, 200], alert: [300, 120, 300, 120, 300], asked: [200, 100, 200],
}

let context: AudioContext | undefined

/** The page's one way to the loudspeaker; voices are mixed through it as well. */
export function audio(): AudioContext | undefined {
  if (!context && typeof AudioContext !== 'undefined') context = new AudioContext()
  return context
}

/** True until the browser lets the page make sound; it wants a touch or a key first. */
export function soundIsLocked(): boolean {
  return audio()?.state === 'suspended'
}

export async function unlockSound(): Promise<void> {
  await audio()?.resume().catch(() => undefined)
}

export function playTone(name: ToneName, volume = 0.22): void {
  const pattern = VIBRATIONS[name]
  if (pattern) vibrate(pattern)
  const output = audio()
  if (!output || output.state !== 'running') return
  const begin = output.currentTime + 0.005
  for (const { hertz, startMs, lengthMs } of TONES[name]) {
    const from = begin + startMs / 1000
    const to = from + lengthMs / 1000
    const tone = output.createOscillator()
    const gain = output.createGain()
    tone.frequency.value = hertz
    gain.gain.setValueAtTime(0, from)
    gain.gain.linearRampToValueAtTime(volume, from + 0.008)
    gain.gain.setValueAtTime(volume, Math.max(to - 0.015, from + 0.008))
    gain.gain.linearRampToValueAtTime(0, to)
    tone.connect(gain).connect(output.destination)
    tone.start(from)
    tone.stop(to + 0.02)
  }
}

/** Felt in the hand while a button is held that must not be pressed by accident. */
export function vibrate(pattern: number[]): void {
  if (hasBeenTouched()) navigator.vibrate?.(pattern)
}

function hasBeenTouched(): boolean {
  return (navigator as Navigator & { userActivation?: { hasBeenActive: boolean } }).userActivation?.hasBeenActive ?? true
}
