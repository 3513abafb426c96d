import { describe, expect, it } from 'vitest'
import { talkStep, TAIL_MS, type Talk, type TalkInput, type TalkOutput } from './talk'

const press = (call: string, more: Partial<TalkInput & { type: 'press' }> = {}): TalkInput => ({
  type: 'press', call, linkUp: true, mic: true, free: true, ...more,
})

/** Plays inputs with their times and gives the last state and all that was put out. */
function play(...inputs: [number, TalkInput][]): { talk: Talk; outputs: TalkOutput[] } {
  let talk: Talk = { name: 'idle' }
  const outputs: TalkOutput[] = []
  for (const [now, input] of inputs) {
    const step = talkStep(talk, input, now)
    talk = step.next
    outputs.push(...step.outputs)
  }
  return { talk, outputs }
}

const granted: TalkInput = { type: 'granted', call: 'g', durationMs: 30_000 }

describe('the talk key', () => {
  it('asks for the floor with the uplink armed, and opens the microphone at the grant', () => {
    const { talk, outputs } = play([0, press('g')], [60, granted])
    expect(talk).toMatchObject({ name: 'talking', call: 'g', until: 30_060 })
    expect(outputs).toEqual([
      { type: 'mic', state: 'armed' },
      { type: 'request', call: 'g', override: false },
      { type: 'mic', state: 'on' },
      { type: 'tone', tone: 'permit' },
    ])
  })

  it('keeps the uplink shut while somebody else speaks', () => {
    expect(play([0, press('g', { free: false })]).outputs).toEqual([{ type: 'request', call: 'g', override: false }])
  })

  it('gives the floor back only when the tail is out', () => {
    const { talk, outputs } = play([0, press('g')], [60, granted], [1000, { type: 'let-go' }], [1000 + TAIL_MS - 1, { type: 'tick' }])
    expect(talk.name).toBe('ending')
    expect(outputs.at(-1)).toEqual({ type: 'mic', state: 'off' })
    const step = talkStep(talk, { type: 'tick' }, 1000 + TAIL_MS)
    expect(step.next).toEqual({ name: 'idle' })
    expect(step.outputs[0]).toEqual({ type: 'release', call: 'g' })
  })

  it('goes on talking when pressed again within the tail', () => {
    const { talk, outputs } = play([0, press('g')], [60, granted], [1000, { type: 'let-go' }], [1100, press('g')])
    expect(talk).toMatchObject({ name: 'talking', until: 30_060 })
    expect(outputs.filter((output) => output.type === 'request')).toHaveLength(1)
    expect(outputs.some((output) => output.type === 'release')).toBe(false)
  })

  it('takes back its request when it is let go before the answer', () => {
    const { talk, outputs } = play([0, press('g')], [50, { type: 'let-go' }])
    expect(talk).toEqual({ name: 'idle' })
    expect(outputs.slice(-2)).toEqual([{ type: 'mic', state: 'off' }, { type: 'release', call: 'g' }])
  })

  it('hands back a grant that comes too late', () => {
    const { talk, outputs } = play([0, press('g')], [50, { type: 'let-go' }], [80, granted])
    expect(talk).toEqual({ name: 'idle' })
    expect(outputs.at(-1)).toEqual({ type: 'release', call: 'g' })
  })

  it('says who is talking when the floor is denied', () => {
    const talker = '张三'
    const { talk, outputs } = play([0, press('g', { free: false })], [50, { type: 'denied', call: 'g', cause: 1, talker }])
    expect(talk).toMatchObject({ name: 'idle', note: { kind: 'denied', cause: 1, talker } })
    expect(outputs.at(-1)).toEqual({ type: 'tone', tone: 'deny' })
  })

  it('waits in the queue and talks when its turn comes', () => {
    const queued: TalkInput = { type: 'queued', call: 'g', position: 2, size: 3 }
    expect(play([0, press('g')], [50, queued]).talk).toEqual({ name: 'queued', call: 'g', position: 2, size: 3 })
    expect(play([0, press('g')], [50, queued], [900, granted]).talk.name).toBe('talking')
    const { talk, outputs } = play([0, press('g')], [50, queued], [900, { type: 'let-go' }])
    expect(talk).toEqual({ name: 'idle' })
    expect(outputs.at(-1)).toEqual({ type: 'release', call: 'g' })
  })

  it('shuts the microphone at once when the floor is revoked, and releases', () => {
    const { talk, outputs } = play([0, press('g')], [60, granted], [500, { type: 'revoked', call: 'g', cause: 4 }])
    expect(talk).toMatchObject({ name: 'idle', note: { kind: 'revoked', cause: 4 } })
    expect(outputs.slice(-3)).toEqual([
      { type: 'mic', state: 'off' }, { type: 'tone', tone: 'deny' }, { type: 'release', call: 'g' },
    ])
  })

  it('shuts the microphone and says so when the connection breaks', () => {
    const { talk, outputs } = play([0, press('g')], [60, granted], [500, { type: 'link-lost' }])
    expect(talk).toMatchObject({ name: 'idle', note: { kind: 'lost' } })
    expect(outputs.slice(-2)).toEqual([{ type: 'mic', state: 'off' }, { type: 'tone', tone: 'lost' }])
  })

  it('does not go on showing a floor that the server has given up', () => {
    const { talk, outputs } = play([0, press('g')], [60, granted], [4100, { type: 'gone', call: 'g' }])
    expect(talk).toMatchObject({ name: 'idle', note: { kind: 'unheard' } })
    expect(outputs.slice(-2)).toEqual([{ type: 'mic', state: 'off' }, { type: 'tone', tone: 'deny' }])
    expect(play([0, press('g')], [10, { type: 'gone', call: 'g' }]).talk.name).toBe('asking')
    expect(play([0, press('g')], [60, granted], [90, { type: 'gone', call: 'h' }]).talk.name).toBe('talking')
  })

  it('asks three times, a second apart, then says that nobody answers', () => {
    const tick: TalkInput = { type: 'tick' }
    const { talk, outputs } = play([0, press('g')], [999, tick], [1000, tick], [2000, tick], [3000, tick])
    expect(outputs.filter((output) => output.type === 'request')).toHaveLength(3)
    expect(talk).toMatchObject({ name: 'idle', note: { kind: 'no-answer' } })
    expect(outputs.at(-1)).toEqual({ type: 'release', call: 'g' })
  })

  it('warns once, five seconds before the limit', () => {
    const tick: TalkInput = { type: 'tick' }
    const { outputs } = play([0, press('g')], [0, granted], [24_999, tick], [25_000, tick], [26_000, tick])
    expect(outputs.filter((output) => output.type === 'tone' && output.tone === 'limit')).toHaveLength(1)
  })

  it('explains a press that cannot work', () => {
    expect(play([0, press('g', { linkUp: false })]).talk).toMatchObject({ note: { kind: 'no-link' } })
    expect(play([0, press('g', { mic: false })]).talk).toMatchObject({ note: { kind: 'no-mic' } })
    expect(play([0, { type: 'press', call: undefined, linkUp: true, mic: true, free: true }]).talk).toMatchObject({ note: { kind: 'no-target' } })
  })

  it('never leaves the microphone open outside talking, whatever comes in which order', () => {
    for (let seed = 1; seed <= 500; seed++) {
      let random = seed
      const pick = (n: number): number => (random = (random * 48271) % 2147483647) % n
      let talk: Talk = { name: 'idle' }
      let mic = 'off'
      for (let round = 0; round < 120; round++) {
        const call = pick(4) === 0 ? 'h' : 'g'
        const inputs: TalkInput[] = [
          press(call), { type: 'let-go' }, { type: 'granted', call, durationMs: 30_000 }, { type: 'denied', call, cause: 1 },
          { type: 'revoked', call, cause: 2 }, { type: 'queued', call, position: 1, size: 1 }, { type: 'gone', call }, { type: 'link-lost' }, { type: 'tick' },
        ]
        const step = talkStep(talk, inputs[pick(inputs.length)]!, round * 150)
        talk = step.next
        for (const output of step.outputs) if (output.type === 'mic') mic = output.state
        if (mic === 'on') expect(talk.name, `seed ${seed}`).toBe('talking')
        if (talk.name === 'idle' || talk.name === 'ending') expect(mic, `seed ${seed}`).toBe('off')
      }
    }
  })
})
