/** One voice slot: what it carries, how loud, and from which side. */
export interface MixedVoice { mid: string; stream: MediaStream; volume: number; pan: number }

interface Channel { stream: MediaStream; source: MediaStreamAudioSourceNode; gain: GainNode; panner: StereoPannerNode }

const GLIDE_SECONDS = 0.03

/**
 * Lays voices side by side with Web Audio, since an audio element knows loudness but no side. Some
 * browsers feed a remote stream into the graph only while an element plays it as well, so the
 * elements stay, muted.
 */
export class Mixer {
  private readonly channels = new Map<string, Channel>()

  constructor(private readonly context: () => AudioContext | undefined) {}

  /** @returns false where there is no running output; the elements have to sound themselves then */
  apply(voices: readonly MixedVoice[]): boolean {
    const context = this.context()
    if (!context || context.state !== 'running') {
      this.close()
      return false
    }
    for (const [mid, channel] of this.channels) {
      if (voices.some((voice) => voice.mid === mid && voice.stream === channel.stream)) continue
      disconnect(channel)
      this.channels.delete(mid)
    }
    for (const { mid, stream, volume, pan } of voices) {
      const channel = this.channels.get(mid) ?? this.open(context, mid, stream)
      channel.gain.gain.setTargetAtTime(volume, context.currentTime, GLIDE_SECONDS)
      channel.panner.pan.setTargetAtTime(pan, context.currentTime, GLIDE_SECONDS)
    }
    return true
  }

  close(): void {
    for (const channel of this.channels.values()) disconnect(channel)
    this.channels.clear()
  }

  private open(context: AudioContext, mid: string, stream: MediaStream): Channel {
    const channel = { stream, source: context.createMediaStreamSource(stream), gain: context.createGain(), panner: context.createStereoPanner() }
    channel.gain.gain.value = 0
    channel.source.connect(channel.gain).connect(channel.panner).connect(context.destination)
    this.channels.set(mid, channel)
    return channel
  }
}

function disconnect({ source, gain, panner }: Channel): void {
  source.disconnect()
  gain.disconnect()
  panner.disconnect()
}
