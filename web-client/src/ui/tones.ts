/** Cue tones, made by Web Audio: no files, no network. Each is also shown and felt. */
export type ToneName =
  | 'permit' | 'deny' | 'end' | 'limit' | 'lost' | 'restored' | 'queued' | 'free' | 'order' | 'alert' | 'asked'

interface Beep { hertz: number; startMs: number; lengthMs: number }

const at = (startMs: number, hertz: number, lengthMs: number): Beep => ({ hertz, startMs, lengthMs })

const TONES: Record<ToneName, Beep[]> = {
  permit: [at(0, 1050, 60), at(90, 1400, 70)],
  deny: [at(0, 420, 160), at(190, 420, 220)],
  end: [at(0, 760, 50)],
  limit: [at(0, 1000, 70), at(140, 1000, 70), at(280, 1000, 70)],
  lost: [at(0, 880, 110), at(130, 660, 110), at(260, 440, 160)],
  restored: [at(0, 440, 110), at(130, 660, 110), at(260, 880, 160)],
  queued: [at(0, 620, 80), at(120, 620, 80)],
  free: [at(0, 900, 40)],
  order: [at(0, 980, 120), at(160, 1240, 120), at(320, 980, 120), at(480, 1240, 160)],
  alert: [at(0, 1300, 140), at(200, 980, 140), at(400, 1300, 140), at(600, 980, 140), at(800, 1300, 200)],
  asked: [at(0, 760, 120), at(160, 1010, 180)],
}

const VIBRATIONS: Partial<Record<ToneName, number[]>> = {
  permit: [30], deny: [120, 60, 120], limit: [60, 60, 60], lost: [250], order: [200, 100, 200],
  alert: [300, 120, 300, 120, 300], asked: [200, 100, 200],
}

let context: AudioContext | undefined

function audio(): AudioContext | undefined {
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
  if (pattern && hasBeenTouched()) navigator.vibrate?.(pattern)
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

function hasBeenTouched(): boolean {
  return (navigator as Navigator & { userActivation?: { hasBeenActive: boolean } }).userActivation?.hasBeenActive ?? true
}
