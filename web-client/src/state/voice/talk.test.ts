import { describe, expect, it } from 'vitest'
import { ENDING_MS, leadOf, LOST_PATIENCE_MS, nextTickAt, opensMicrophone, talkStep, type Talk, type TalkInput, type TalkOutput } from './talk'

const press = (more: Partial<TalkInput & { type: 'press' }> = {}): TalkInput => ({ type: 'press', how: {}, linkUp: true, mic: true, ...more })
const letGo: TalkInput = { type: 'let-go' }
const tick: TalkInput = { type: 'tick' }
const granted: TalkInput = { type: 'granted', durationMs: 30_000, ours: false }
const queued: TalkInput = { type: 'queued', position: 2, size: 3 }
const denied = (cause: number, talker?: string): TalkInput => ({ type: 'denied', cause, talker })
const revoked = (cause: number): TalkInput => ({ type: 'revoked', cause })
const tone = (name: string): object => ({ type: 'tone', tone: name })
const request = { type: 'request', how: {} }
const release = { type: 'release' }

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

describe('the talk key', () => {
  it('opens the microphone with the request and says at the grant that it is heard', () => {
    const asking = play([0, press()])
    expect(asking.outputs).toEqual([request])
    expect(opensMicrophone(asking.talk)).toBe(true)
    const { talk, outputs } = play([0, press()], [60, granted])
    expect(talk).toMatchObject({ name: 'talking', until: 30_060 })
    expect(outputs).toEqual([request, tone('permit')])
  })

  it('asks with what the press was meant to be', () => {
    const how = { override: true, order: { order: 'o', severity: 'red' as const } }
    expect(play([0, press({ how })]).outputs).toEqual([{ type: 'request', how }])
    expect(play([0, press({ how })], [1000, tick]).outputs.at(-1)).toEqual({ type: 'request', how })
  })

  it('gives the floor back as soon as it is let go, and says so when the last syllable is out', () => {
    const { talk, outputs } = play([0, press()], [60, granted], [1000, letGo])
    expect(talk).toMatchObject({ name: 'ending', until: 1000 + ENDING_MS })
    expect(opensMicrophone(talk)).toBe(false)
    expect(outputs.at(-1)).toEqual(release)
    expect(talkStep(talk, tick, 1000 + ENDING_MS - 1).next).toBe(talk)
    expect(talkStep(talk, tick, 1000 + ENDING_MS)).toEqual({ next: { name: 'idle' }, outputs: [tone('end')] })
  })

  it('goes on when it is pressed again within the end, without another tone', () => {
    const { talk, outputs } = play([0, press()], [60, granted], [1000, letGo], [1100, press()], [1160, granted])
    expect(talk).toMatchObject({ name: 'talking', until: 31_160 })
    expect(outputs).toEqual([request, tone('permit'), release, request])
  })

  it('begins anew, with its tone, when the server has let the last word through before it is pressed again', () => {
    const free: TalkInput = { type: 'free' }
    const before = play([0, press()], [60, granted], [1000, letGo], [1120, free], [1270, press()], [1300, granted])
    expect(before.outputs).toEqual([request, tone('permit'), release, request, tone('permit')])
    const after = play([0, press()], [60, granted], [1000, letGo], [1100, press()], [1120, free], [1160, granted])
    expect(after.outputs.at(-1)).toEqual(tone('permit'))
  })

  it('is not taken in by the end of the talk before when it was pressed again', () => {
    const again: [number, TalkInput][] = [[0, press()], [60, granted], [1000, letGo], [1100, press()]]
    expect(play(...again, [1150, { type: 'free' }], [1200, granted]).talk.name).toBe('talking')
    // The grant of the first press comes late, then its end, then the grant of the second.
    const late: [number, TalkInput][] = [[0, press()], [40, letGo], [90, press()], [120, granted], [130, { type: 'free' }]]
    expect(play(...late).talk.name).toBe('asking')
    expect(play(...late, [180, granted]).talk.name).toBe('talking')
    expect(play(...late, [1100, tick]).outputs.at(-1)).toEqual(request)
  })

  it('takes back its request when it is let go before the answer, and hands back a grant that comes much later', () => {
    expect(play([0, press()], [50, letGo]).outputs).toEqual([request, release])
    const { talk, outputs } = play([0, press()], [50, letGo], [60, granted], [350, tick])
    expect(talk).toEqual({ name: 'idle' })
    expect(outputs).toEqual([request, release])
    expect(play([0, press()], [50, letGo], [350, tick], [900, granted]).outputs.at(-1)).toEqual(release)
  })

  it('says who is talking when the floor is denied, shuts the microphone and tells when it is free', () => {
    const { talk, outputs } = play([0, press()], [50, denied(1, '张三')])
    expect(talk).toMatchObject({ name: 'idle', note: { kind: 'denied', cause: 1, talker: '张三' } })
    expect(outputs.at(-1)).toEqual(tone('busy'))
    expect(play([0, press()], [50, denied(5)]).outputs.at(-1)).toEqual(tone('deny'))
    const later = play([0, press()], [50, denied(1)], [9000, tick], [9500, { type: 'taken' }], [9900, { type: 'free' }])
    expect(later.outputs.at(-1)).toEqual(tone('free'))
    expect(talkStep(later.talk, { type: 'free' }, 9999).outputs).toEqual([])
  })

  it('waits in the queue with the microphone shut and talks when its turn comes', () => {
    const waiting = play([0, press()], [50, queued])
    expect(waiting.talk).toEqual({ name: 'queued', how: {}, position: 2, size: 3 })
    expect(opensMicrophone(waiting.talk)).toBe(false)
    expect(waiting.outputs.at(-1)).toEqual(tone('queued'))
    const turn = play([0, press()], [50, queued], [600, { ...queued, position: 1 } as TalkInput], [900, granted])
    expect(turn.talk.name).toBe('talking')
    expect(turn.outputs).toEqual([request, tone('queued'), tone('permit')])
  })

  it('gives its place up when it is let go, and a grant that crosses it as well', () => {
    const { talk, outputs } = play([0, press()], [50, queued], [900, letGo], [920, granted])
    expect(talk).toEqual({ name: 'idle', waits: true })
    expect(outputs.slice(-2)).toEqual([release, release])
  })

  it('shuts the microphone at once when the floor is revoked, and releases', () => {
    const { talk, outputs } = play([0, press()], [60, granted], [500, revoked(4)])
    expect(talk).toMatchObject({ name: 'idle', note: { kind: 'revoked', cause: 4 } })
    expect(outputs.slice(-2)).toEqual([tone('revoke'), release])
  })

  it('takes no warning for an open microphone while it asks, since it is open on purpose', () => {
    expect(play([0, press()], [30, revoked(3)]).talk.name).toBe('asking')
    expect(play([30, revoked(3)]).outputs).toEqual([])
    expect(play([0, press()], [30, revoked(2)]).talk.name).toBe('idle')
  })

  it('accepts a floor that nobody asked for when it is for our own call for help', () => {
    const { talk, outputs } = play([0, { ...granted, ours: true } as TalkInput])
    expect(talk).toMatchObject({ name: 'talking', until: 30_000 })
    expect(outputs).toEqual([tone('permit')])
    expect(play([0, granted]).outputs).toEqual([release])
  })

  it('goes on over a short break of the connection', () => {
    const broken: [number, TalkInput][] = [[0, press()], [60, granted], [500, { type: 'link-lost' }]]
    const before = play(...broken)
    expect(opensMicrophone(before.talk)).toBe(true)
    expect(nextTickAt(before.talk)).toBe(500 + LOST_PATIENCE_MS)
    const back = play(...broken, [1500, { type: 'link-up', resumed: true }], [6000, tick])
    expect(back.talk).toMatchObject({ name: 'talking', lostAt: undefined })
    expect(back.outputs).toEqual([request, tone('permit')])
  })

  it('ends audibly when the break is longer, or somebody ends all', () => {
    const broken: [number, TalkInput][] = [[0, press()], [60, granted], [500, { type: 'link-lost' }]]
    for (const last of [[500 + LOST_PATIENCE_MS, tick], [900, { type: 'over' }]] as [number, TalkInput][]) {
      const { talk, outputs } = play(...broken, last)
      expect(talk).toMatchObject({ name: 'idle', note: { kind: 'lost' } })
      expect(outputs).toContainEqual(tone('lost'))
    }
    const asking = play([0, press()], [20, { type: 'link-lost' }])
    expect(nextTickAt(asking.talk)).toBe(20 + LOST_PATIENCE_MS)
    expect(play([0, press()], [20, { type: 'link-lost' }], [20 + LOST_PATIENCE_MS, tick]).outputs.slice(-2)).toEqual([tone('lost'), release])
  })

  it('is pressed again in a new session, whatever it had come to in the old one', () => {
    const again = { type: 'link-up', resumed: false } as const
    const lost: [number, TalkInput] = [500, { type: 'link-lost' }]
    for (const before of [[], [[60, granted]], [[60, { type: 'queued', position: 1, size: 1 }]]] as [number, TalkInput][][]) {
      const { talk, outputs } = play([0, press()], ...before, lost, [900, again])
      expect(talk).toMatchObject({ name: 'asking', askedAt: 900, tries: 1 })
      expect(outputs.at(-1)).toEqual(request)
    }
    expect(play([0, press()], lost, [900, { type: 'link-up', resumed: true }]).outputs.at(-1)).toEqual(request)
    expect(play(lost, [900, again]).outputs).toEqual([])
    const late: [number, TalkInput][] = [[0, press()], [60, granted], lost, [4000, { type: 'link-new' }], [4500, { type: 'free' }], [5000, tick]]
    expect(play(...late, [7900, again]).outputs.at(-1)).toEqual(request)
    expect(play(...late, [4000 + LOST_PATIENCE_MS, tick]).talk).toMatchObject({ name: 'idle', note: { kind: 'lost' } })
  })

  it('does not go on showing a floor that the server has given up', () => {
    const { talk, outputs } = play([0, press()], [60, granted], [4100, { type: 'free' }])
    expect(talk).toMatchObject({ name: 'idle', note: { kind: 'unheard' } })
    expect(outputs.at(-1)).toEqual(tone('deny'))
    expect(play([0, press()], [60, granted], [4100, { type: 'taken' }]).talk.name).toBe('idle')
    expect(play([0, press()], [10, { type: 'free' }]).talk.name).toBe('asking')
  })

  it('asks three times, a second apart, then says that nobody answers', () => {
    const { talk, outputs } = play([0, press()], [999, tick], [1000, tick], [2000, tick], [3000, tick])
    expect(outputs.filter((output) => output.type === 'request')).toHaveLength(3)
    expect(talk).toMatchObject({ name: 'idle', note: { kind: 'no-answer' } })
    expect(outputs.at(-1)).toEqual(release)
  })

  it('warns once, five seconds before the limit, also when the grant is repeated', () => {
    const repeated: TalkInput = { type: 'granted', durationMs: 4_000, ours: false }
    const { outputs } = play([0, press()], [0, granted], [24_999, tick], [25_000, tick], [26_000, repeated], [26_001, tick])
    expect(outputs.filter((output) => output.type === 'tone' && output.tone === 'limit')).toHaveLength(1)
  })

  it('explains a press that cannot work', () => {
    expect(play([0, press({ linkUp: false })]).talk).toMatchObject({ note: { kind: 'no-link' } })
    expect(play([0, press({ mic: false })]).talk).toMatchObject({ note: { kind: 'no-mic' } })
  })

  it('shows the best that happens in one of several groups, else why not', () => {
    const talking = play([0, press()], [5, granted]).talk
    const waiting = play([0, press()], [5, queued]).talk
    const refused = play([0, press()], [5, denied(1)]).talk
    expect(leadOf([refused, waiting, talking])).toBe(talking)
    expect(leadOf([refused, waiting])).toBe(waiting)
    expect(leadOf([{ name: 'idle' }, refused])).toBe(refused)
    expect(leadOf([])).toEqual({ name: 'idle' })
  })

  it('leaves nothing stuck, whatever comes in which order', () => {
    for (let seed = 1; seed <= 500; seed++) {
      let random = seed
      const pick = (n: number): number => (random = (random * 48271) % 2147483647) % n
      let talk = { name: 'idle' } as Talk
      let now = 0
      const run = (input: TalkInput): void => void (talk = talkStep(talk, input, now).next)
      for (let round = 0; round < 120; round++) {
        const inputs: TalkInput[] = [
          press(), letGo, granted, { ...granted, ours: true } as TalkInput, denied(1), revoked(2), revoked(3), queued, { type: 'free' },
          { type: 'taken' }, { type: 'link-lost' }, { type: 'link-up', resumed: pick(2) === 0 }, tick,
        ]
        run(inputs[pick(inputs.length)]!)
        now += 150
        if (talk.name === 'queued' || talk.name === 'idle' || talk.name === 'ending') expect(opensMicrophone(talk), `seed ${seed}`).toBe(false)
      }
      run(letGo)
      for (let at = nextTickAt(talk); at !== undefined; at = nextTickAt(talk)) {
        now = Math.max(now, at)
        run(tick)
      }
      expect(talk.name, `seed ${seed}`).toBe('idle')
    }
  })
})
