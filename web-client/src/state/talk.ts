/** Why the last press did not end in talking, or why talking ended. Words under `talk.note`. */
export type Note =
  | { kind: 'denied'; cause: number; talker?: string }
  | { kind: 'revoked'; cause: number }
  | { kind: 'lost' | 'unheard' | 'no-answer' | 'no-link' | 'no-mic' | 'no-target' }

export type Talk =
  | { name: 'idle'; note?: Note; noteUntil?: number }
  | { name: 'asking'; call: string; override: boolean; askedAt: number; tries: number }
  | { name: 'queued'; call: string; position: number; size: number }
  | { name: 'talking'; call: string; until: number; warned: boolean }
  | { name: 'ending'; call: string; until: number; limit: number }

export type TalkInput =
  | { type: 'press'; call: string | undefined; override?: boolean; linkUp: boolean; mic: boolean; free: boolean }
  | { type: 'let-go' }
  | { type: 'granted'; call: string; durationMs: number }
  | { type: 'denied'; call: string; cause: number; talker?: string }
  | { type: 'revoked'; call: string; cause: number }
  | { type: 'queued'; call: string; position: number; size: number }
  | { type: 'gone'; call: string }
  | { type: 'link-lost' }
  | { type: 'tick' }

export type Tone = 'permit' | 'deny' | 'end' | 'limit' | 'lost' | 'queued'

export type TalkOutput =
  | { type: 'request'; call: string; override: boolean }
  | { type: 'release'; call: string }
  | { type: 'mic'; state: 'off' | 'armed' | 'on' }
  | { type: 'tone'; tone: Tone }

export interface TalkStep { next: Talk; outputs: TalkOutput[] }

/** Matches the uplink's tail: the floor is given back when the last syllable is out. */
export const TAIL_MS = 200
const NOTE_MS = 4_000
const ASK_AGAIN_MS = 1_000
const ASK_TRIES = 3
const LIMIT_WARNING_MS = 5_000

/** The client's side of floor control (after 3GPP TS 24.380): what pressing the key does. Pure. */
export function talkStep(talk: Talk, input: TalkInput, now: number): TalkStep {
  switch (input.type) {
    case 'press':
      return press(talk, input, now)
    case 'let-go':
      return letGo(talk, now)
    case 'granted':
      return granted(talk, input, now)
    case 'denied':
      if (!concerns(talk, input.call)) return stay(talk)
      return ended({ kind: 'denied', cause: input.cause, talker: input.talker }, 'deny', now)
    case 'revoked':
      return revoked(talk, input, now)
    case 'queued':
      if ((talk.name !== 'asking' && talk.name !== 'queued') || talk.call !== input.call) return stay(talk)
      return {
        next: { name: 'queued', call: input.call, position: input.position, size: input.size },
        outputs: talk.name === 'asking' ? [{ type: 'tone', tone: 'queued' }] : [],
      }
    case 'gone':
      // The server heard nothing for some seconds and gave the floor up; no revocation comes then.
      if (talk.name !== 'talking' || talk.call !== input.call) return stay(talk)
      return ended({ kind: 'unheard' }, 'deny', now)
    case 'link-lost':
      if (talk.name === 'idle') return stay(talk)
      return ended({ kind: 'lost' }, 'lost', now)
    case 'tick':
      return tick(talk, now)
  }
}

function stay(next: Talk): TalkStep {
  return { next, outputs: [] }
}

function concerns(talk: Talk, call: string): boolean {
  return (talk.name === 'asking' || talk.name === 'queued') && talk.call === call
}

function ended(note: Note, tone: Tone, now: number): TalkStep {
  return {
    next: { name: 'idle', note, noteUntil: now + NOTE_MS },
    outputs: [{ type: 'mic', state: 'off' }, { type: 'tone', tone }],
  }
}

function press(talk: Talk, input: TalkInput & { type: 'press' }, now: number): TalkStep {
  // Pressed again before the tail was out: the floor is still ours.
  if (talk.name === 'ending' && talk.call === input.call) {
    return {
      next: { name: 'talking', call: talk.call, until: talk.limit, warned: false },
      outputs: [{ type: 'mic', state: 'on' }],
    }
  }
  if (talk.name !== 'idle' && talk.name !== 'ending') return stay(talk)
  if (!input.call) return ended({ kind: 'no-target' }, 'deny', now)
  if (!input.linkUp) return ended({ kind: 'no-link' }, 'deny', now)
  if (!input.mic) return ended({ kind: 'no-mic' }, 'deny', now)
  const outputs: TalkOutput[] = talk.name === 'ending' ? [{ type: 'release', call: talk.call }] : []
  const override = input.override ?? false
  // While somebody else speaks, the uplink stays shut until the floor is ours.
  if (input.free) outputs.push({ type: 'mic', state: 'armed' })
  outputs.push({ type: 'request', call: input.call, override })
  return { next: { name: 'asking', call: input.call, override, askedAt: now, tries: 1 }, outputs }
}

function letGo(talk: Talk, now: number): TalkStep {
  switch (talk.name) {
    case 'asking':
    case 'queued':
      return { next: { name: 'idle' }, outputs: [{ type: 'mic', state: 'off' }, { type: 'release', call: talk.call }] }
    case 'talking':
      return {
        next: { name: 'ending', call: talk.call, until: now + TAIL_MS, limit: talk.until },
        outputs: [{ type: 'mic', state: 'off' }],
      }
    case 'idle':
    case 'ending':
      return stay(talk)
  }
}

function granted(talk: Talk, input: TalkInput & { type: 'granted' }, now: number): TalkStep {
  if (concerns(talk, input.call)) {
    return {
      next: { name: 'talking', call: input.call, until: now + input.durationMs, warned: false },
      outputs: [{ type: 'mic', state: 'on' }, { type: 'tone', tone: 'permit' }],
    }
  }
  if ((talk.name === 'talking' || talk.name === 'ending') && talk.call === input.call) return stay(talk)
  // The key was let go before the answer came: nobody is going to speak.
  return { next: talk, outputs: [{ type: 'release', call: input.call }] }
}

function revoked(talk: Talk, input: TalkInput & { type: 'revoked' }, now: number): TalkStep {
  const release: TalkOutput = { type: 'release', call: input.call }
  if (talk.name === 'idle' || talk.call !== input.call) return { next: talk, outputs: [release] }
  const step = ended({ kind: 'revoked', cause: input.cause }, 'deny', now)
  return { ...step, outputs: [...step.outputs, release] }
}

function tick(talk: Talk, now: number): TalkStep {
  switch (talk.name) {
    case 'idle':
      return talk.noteUntil !== undefined && now >= talk.noteUntil ? stay({ name: 'idle' }) : stay(talk)
    case 'asking': {
      if (now - talk.askedAt < ASK_AGAIN_MS * talk.tries) return stay(talk)
      if (talk.tries >= ASK_TRIES) {
        const step = ended({ kind: 'no-answer' }, 'deny', now)
        return { ...step, outputs: [...step.outputs, { type: 'release', call: talk.call }] }
      }
      return {
        next: { ...talk, tries: talk.tries + 1 },
        outputs: [{ type: 'request', call: talk.call, override: talk.override }],
      }
    }
    case 'talking':
      if (talk.warned || talk.until - now > LIMIT_WARNING_MS) return stay(talk)
      return { next: { ...talk, warned: true }, outputs: [{ type: 'tone', tone: 'limit' }] }
    case 'ending':
      if (now < talk.until) return stay(talk)
      return { next: { name: 'idle' }, outputs: [{ type: 'release', call: talk.call }, { type: 'tone', tone: 'end' }] }
    case 'queued':
      return stay(talk)
  }
}

/** When `tick` next has something to do; undefined while time changes nothing. */
export function nextTickAt(talk: Talk): number | undefined {
  switch (talk.name) {
    case 'idle':
      return talk.noteUntil
    case 'asking':
      return talk.askedAt + ASK_AGAIN_MS * talk.tries
    case 'talking':
      return talk.warned ? undefined : talk.until - LIMIT_WARNING_MS
    case 'ending':
      return talk.until
    case 'queued':
      return undefined
  }
}
