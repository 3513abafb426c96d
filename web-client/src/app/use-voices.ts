import { computed, type ComputedRef } from 'vue'
import type { DispatchSession } from '@/session/session'
import { levelOf } from '@/state/voice/mix'
import type { MixedVoice } from '@/ui/mixer'
import { mixOf } from './preferences'

/** What the voice slots carry, each as loud and from the side that its group has here. */
export function useVoices(session: DispatchSession): ComputedRef<MixedVoice[]> {
  const streams = new WeakMap<MediaStreamTrack, MediaStream>()
  const streamOf = (track: MediaStreamTrack): MediaStream => {
    let stream = streams.get(track)
    if (!stream) streams.set(track, (stream = new MediaStream([track])))
    return stream
  }
  return computed(() => {
    void session.media.generation.value
    void session.media.agreed.value // from then on the sections have their names
    const model = session.state.value
    return (session.peer()?.voiceTracks() ?? []).map(({ mid, track }) => {
      const call = model.voice[mid]
      return { mid, stream: streamOf(track), ...levelOf(model, call, session.talk.targets.value, mixOf(call ?? '')) }
    })
  })
}
