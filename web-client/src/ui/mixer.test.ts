import { describe, expect, it, vi } from 'vitest'
import { Mixer } from './mixer'

function context(state = 'running') {
  const param = () => ({ value: 1, setTargetAtTime: vi.fn() })
  const node = (more: object = {}) => ({ connect: vi.fn((next: unknown) => next), disconnect: vi.fn(), ...more })
  const made = { gains: [] as ReturnType<typeof param>[], pans: [] as ReturnType<typeof param>[], sources: [] as { disconnect: ReturnType<typeof vi.fn> }[] }
  const audio = {
    state, currentTime: 0, destination: {},
    createMediaStreamSource: () => (made.sources.push(node()), made.sources.at(-1)!),
    createGain: () => (made.gains.push(param()), node({ gain: made.gains.at(-1) })),
    createStereoPanner: () => (made.pans.push(param()), node({ pan: made.pans.at(-1) })),
  }
  return { audio: audio as unknown as AudioContext, made }
}

const stream = () => ({}) as MediaStream

describe('the mixer', () => {
  it('lays each voice at its loudness and side, and follows changes', () => {
    const { audio, made } = context()
    const mixer = new Mixer(() => audio)
    const one = stream()
    expect(mixer.apply([{ mid: '2', stream: one, volume: 0.35, pan: -1 }])).toBe(true)
    mixer.apply([{ mid: '2', stream: one, volume: 1, pan: 1 }])
    expect(made.sources).toHaveLength(1)
    expect(made.gains[0]!.setTargetAtTime.mock.calls.map(([value]) => value as number)).toEqual([0.35, 1])
    expect(made.pans[0]!.setTargetAtTime.mock.calls.map(([value]) => value as number)).toEqual([-1, 1])
  })

  it('lets go of a stream that is replaced or gone', () => {
    const { audio, made } = context()
    const mixer = new Mixer(() => audio)
    mixer.apply([{ mid: '2', stream: stream(), volume: 1, pan: 0 }])
    mixer.apply([{ mid: '2', stream: stream(), volume: 1, pan: 0 }])
    mixer.apply([])
    expect(made.sources.map((source) => source.disconnect.mock.calls.length)).toEqual([1, 1])
  })

  it('leaves the sound to the elements while there is no output', () => {
    const mixer = new Mixer(() => context('suspended').audio)
    expect(mixer.apply([{ mid: '2', stream: stream(), volume: 1, pan: 0 }])).toBe(false)
    expect(new Mixer(() => undefined).apply([])).toBe(false)
  })
})
