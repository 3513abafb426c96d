import type { Camera } from '@/protocol/messages'

/** Why there is no microphone or camera, as a word the page translates. */
export type DeviceTrouble = 'insecure' | 'denied' | 'missing' | 'busy' | 'failed'

export class DeviceFailed extends Error {
  constructor(readonly device: 'mic' | 'camera', readonly trouble: DeviceTrouble) {
    super(`${device}: ${trouble}`)
  }
}

const MIC: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: { ideal: 1 },
}

/** Opened once and kept for the shift: opening it for each call would swallow the first words. */
export async function openMic(): Promise<MediaStreamTrack> {
  return open('mic', (devices) => devices.getUserMedia({ audio: MIC }))
}

export async function openCamera(camera: Camera): Promise<MediaStreamTrack> {
  if (camera === 'screen') {
    return open('camera', (devices) => devices.getDisplayMedia({ video: { frameRate: { ideal: 15 } } }), 'detail')
  }
  const facingMode = { ideal: camera === 'front' ? 'user' : 'environment' }
  const video = { facingMode, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25, max: 30 } }
  return open('camera', (devices) => devices.getUserMedia({ video }), 'motion')
}

async function open(
  device: 'mic' | 'camera',
  ask: (devices: MediaDevices) => Promise<MediaStream>,
  contentHint = '',
): Promise<MediaStreamTrack> {
  // Browsers hide devices from pages that came over plain http.
  const devices = navigator.mediaDevices as MediaDevices | undefined
  if (!devices) throw new DeviceFailed(device, 'insecure')
  try {
    const stream = await ask(devices)
    const track = stream.getTracks()[0]
    if (!track) throw new DeviceFailed(device, 'missing')
    if ('contentHint' in track) track.contentHint = contentHint
    return track
  } catch (error) {
    throw error instanceof DeviceFailed ? error : new DeviceFailed(device, troubleOf((error as Error).name))
  }
}

export function troubleOf(name: string): DeviceTrouble {
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing'
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy'
  return 'failed'
}
