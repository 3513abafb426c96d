import type { Severity, SpokenOrder } from '@/protocol/messages'

/** Why the last press did not end in talking, or why talking ended. Words under `talk.note`. */
export type Note =
  | { kind: 'denied'; cause: number; talker?: string }
  | { kind: 'revoked'; cause: number }
  | { kind: 'lost' | 'unheard' | 'no-answer' | 'no-link' | 'no-mic' | 'no-target' }

/** What is asked for beside the floor itself. */
export interface How { override?: boolean; tier?: Severity; order?: SpokenOrder; broadcast?: string }

/** One talk key at one group or call. `lostAt` stands while the connection is away. */
export type Talk =
  | { name: 'idle'; note?: Note; noteUntil?: number; waits?: boolean }
  | { name: 'asking'; how: How; askedAt: number; tries: number; again: boolean; lostAt?: number }
  | { name: 'queued'; how: How; position: number; size: number; lostAt?: number }
  | { name: 'talking'; how: How; askedAt: number; until: number; warned: boolean; lostAt?: number }
  /** `free`: the server has let the last word through; whoever presses now, presses anew. */
  | { name: 'ending'; how: How; spoke: boolean; free: boolean; until: number }

export type TalkInput =
  | { type: 'press'; how: How; linkUp: boolean; mic: boolean }
  | { type: 'let-go' }
  /** `ours`: it comes unasked, for our own call for help. */
  | { type: 'granted'; durationMs: number; ours: boolean }
  | { type: 'denied'; cause: number; talker?: string }
  | { type: 'revoked'; cause: number }
  | { type: 'queued'; position: number; size: number }
  /** Nobody speaks. */
  | { type: 'free' }
  /** Somebody else speaks. */
  | { type: 'taken' }
  | { type: 'link-lost' }
  /** The connection is there again with a new session, whose voice is still to come. */
  | { type: 'link-new' }
  /** `resumed`: the server still knows us and what we hold; else what is held is pressed again. */
  | { type: 'link-up'; resumed: boolean }
  /** Nobody speaks here any more. */
  | { type: 'over' }
  | { type: 'tick' }

export type TalkTone = 'permit' | 'deny' | 'busy' | 'queued' | 'revoke' | 'limit' | 'end' | 'lost' | 'free'

export type TalkOutput = { type: 'request'; how: How } | { type: 'release' } | { type: 'tone'; tone: TalkTone }

export interface TalkStep { next: Talk; outputs: TalkOutput[] }

/** So long after the key is let go a press goes on, as the uplink is still there. */
export const ENDING_MS = 300
/** T1 of 3GPP TS 24.380: so long the server waits for a voice that it cannot be told about. */
export const LOST_PATIENCE_MS = 4_000
export const LIMIT_WARNING_MS = 5_000
const NOTE_MS = 4_000
const ASK_AGAIN_MS = 1_000
const ASK_TRIES = 3
const ANOTHER_HAS_FLOOR = 1
const NO_PERMISSION = 3

/**
 * The client's side of floor control (after 3GPP TS 24.380 §6.2.4), for one group or call: what
 * pressing the key does. What is said from the press on counts, so the microphone is open while
 * the floor is asked for. Pure.
 */
export function talkStep(talk: Talk, input: TalkInput, now: number): TalkStep {
  switch (input.type) {
    case 'press':
      return press(talk, input, now)
    case 'let-go':
      return letGo(talk, now)
    case 'granted':
      return granted(talk, input, now)
    case 'denied':
      return denied(talk, input, now)
    case 'revoked':
      return revoked(talk, input, now)
    case 'queued':
      return queued(talk, input)
    case 'free':
    case 'taken':
      return floorGone(talk, input.type, now)
    case 'link-lost':
      return linkLost(talk, now)
    case 'link-new':
      // What the new session says of the floor is not about the old one's talk, and the patience begins anew.
      return talk.name === 'idle' || talk.name === 'ending' ? stay(talk) : stay({ name: 'asking', how: talk.how, askedAt: now, tries: 1, again: false, lostAt: now })
    case 'link-up':
      return linkUp(talk, input.resumed, now)
    case 'over':
      return talk.name === 'idle' || talk.name === 'ending' ? stay(talk) : ended({ kind: 'lost' }, 'lost', now)
    case 'tick':
      return tick(talk, now)
  }
}

/** Sound leaves the page for this group or call, or is held by the server until the grant. */
export function opensMicrophone(talk: Talk): boolean {
  return talk.name === 'asking' || talk.name === 'talking'
}

function stay(next: Talk): TalkStep {
  return { next, outputs: [] }
}

function ended(note: Note, tone: TalkTone, now: number, more: Partial<Talk & { name: 'idle' }> = {}): TalkStep {
  return { next: { name: 'idle', note, noteUntil: now + NOTE_MS, ...more }, outputs: [{ type: 'tone', tone }] }
}

function andRelease(step: TalkStep): TalkStep {
  return { ...step, outputs: [...step.outputs, { type: 'release' }] }
}

function press(talk: Talk, { how, linkUp: up, mic }: TalkInput & { type: 'press' }, now: number): TalkStep {
  if (talk.name !== 'idle' && talk.name !== 'ending') return stay(talk)
  if (!up) return ended({ kind: 'no-link' }, 'deny', now)
  if (!mic) return ended({ kind: 'no-mic' }, 'deny', now)
  return {
    next: { name: 'asking', how, askedAt: now, tries: 1, again: talk.name === 'ending' && talk.spoke && !talk.free },
    outputs: [{ type: 'request', how }],
  }
}

function letGo(talk: Talk, now: number): TalkStep {
  switch (talk.name) {
    case 'asking':
    case 'talking':
      // The server lets the last word through before the floor is free.
      return { next: { name: 'ending', how: talk.how, spoke: talk.name === 'talking' || talk.again, free: false, until: now + ENDING_MS }, outputs: [{ type: 'release' }] }
    case 'queued':
      return { next: { name: 'idle', waits: true }, outputs: [{ type: 'release' }] }
    case 'idle':
    case 'ending':
      return stay(talk)
  }
}

function granted(talk: Talk, { durationMs, ours }: TalkInput & { type: 'granted' }, now: number): TalkStep {
  const until = now + durationMs
  switch (talk.name) {
    case 'asking':
      return {
        next: { name: 'talking', how: talk.how, askedAt: talk.askedAt, until, warned: false },
        outputs: talk.again ? [] : [{ type: 'tone', tone: 'permit' }],
      }
    case 'queued':
      return { next: { name: 'talking', how: talk.how, askedAt: now, until, warned: false }, outputs: [{ type: 'tone', tone: 'permit' }] }
    case 'talking':
      // Repeated, with what is left now.
      return stay({ ...talk, until, warned: talk.warned && until - now <= LIMIT_WARNING_MS })
    case 'ending':
      return stay(talk) // the release is under way
    case 'idle':
      if (ours) return { next: { name: 'talking', how: {}, askedAt: now, until, warned: false }, outputs: [{ type: 'tone', tone: 'permit' }] }
      // The key was let go before the answer came: nobody is going to speak (T132).
      return { next: talk, outputs: [{ type: 'release' }] }
  }
}

function denied(talk: Talk, { cause, talker }: TalkInput & { type: 'denied' }, now: number): TalkStep {
  switch (talk.name) {
    case 'asking':
    case 'queued':
      return ended({ kind: 'denied', cause, talker }, cause === ANOTHER_HAS_FLOOR ? 'busy' : 'deny', now, { waits: true })
    case 'talking':
    case 'ending':
    case 'idle':
      return stay(talk)
  }
}

function revoked(talk: Talk, { cause }: TalkInput & { type: 'revoked' }, now: number): TalkStep {
  switch (talk.name) {
    case 'asking':
      // The microphone is open on purpose; the warning is about that and not about what we ask.
      if (cause === NO_PERMISSION) return stay(talk)
      return andRelease(ended({ kind: 'revoked', cause }, 'revoke', now, { waits: true }))
    case 'talking':
      return andRelease(ended({ kind: 'revoked', cause }, 'revoke', now, { waits: true }))
    case 'ending':
    case 'queued':
      return stay(talk)
    case 'idle':
      return cause === NO_PERMISSION ? stay(talk) : { next: talk, outputs: [{ type: 'release' }] }
  }
}

function queued(talk: Talk, { position, size }: TalkInput & { type: 'queued' }): TalkStep {
  switch (talk.name) {
    case 'asking':
      return { next: { name: 'queued', how: talk.how, position, size }, outputs: [{ type: 'tone', tone: 'queued' }] }
    case 'queued':
      return stay({ ...talk, position, size })
    case 'talking':
      // The grant that we go by was the one before: the floor went on to somebody else meanwhile.
      return { next: { name: 'queued', how: talk.how, position, size }, outputs: [{ type: 'tone', tone: 'queued' }] }
    case 'ending':
    case 'idle':
      return stay(talk)
  }
}

function floorGone(talk: Talk, how: 'free' | 'taken', now: number): TalkStep {
  if (talk.name === 'idle' && talk.waits && how === 'free') {
    return { next: { ...talk, waits: false }, outputs: [{ type: 'tone', tone: 'free' }] }
  }
  if (talk.name === 'ending') return stay({ ...talk, free: true })
  if (talk.name === 'asking' && how === 'free') return stay({ ...talk, again: false })
  if (talk.name !== 'talking') return stay(talk)
  // Pressed again a moment ago: this is the end of the talk before, and our request is under way.
  if (now - talk.askedAt < ASK_AGAIN_MS) return stay({ name: 'asking', how: talk.how, askedAt: talk.askedAt, tries: 1, again: true })
  // The server heard nothing for some seconds and gave the floor up; no revocation comes then.
  return ended({ kind: 'unheard' }, 'deny', now)
}

function linkLost(talk: Talk, now: number): TalkStep {
  switch (talk.name) {
    case 'asking':
    case 'talking':
    case 'queued':
      // Media go on by themselves, and a session that is resumed in time has lost nothing.
      return stay({ ...talk, lostAt: talk.lostAt ?? now })
    case 'ending':
    case 'idle':
      return stay(talk)
  }
}

function linkUp(talk: Talk, resumed: boolean, now: number): TalkStep {
  if (talk.name === 'idle' || talk.name === 'ending') return stay(talk)
  if (resumed && talk.name !== 'asking') return stay({ ...talk, lostAt: undefined })
  // The press may not have arrived, or what came of it is gone with the session: the key is still down.
  return { next: { name: 'asking', how: talk.how, askedAt: now, tries: 1, again: false }, outputs: [{ type: 'request', how: talk.how }] }
}

function tick(talk: Talk, now: number): TalkStep {
  switch (talk.name) {
    case 'idle':
      return talk.noteUntil !== undefined && now >= talk.noteUntil ? stay(talk.waits ? { name: 'idle', waits: true } : { name: 'idle' }) : stay(talk)
    case 'asking':
      if (talk.lostAt !== undefined) return isLost(talk, now) ? andRelease(ended({ kind: 'lost' }, 'lost', now)) : stay(talk)
      if (now - talk.askedAt < ASK_AGAIN_MS * talk.tries) return stay(talk)
      if (talk.tries >= ASK_TRIES) return andRelease(ended({ kind: 'no-answer' }, 'deny', now))
      return { next: { ...talk, tries: talk.tries + 1 }, outputs: [{ type: 'request', how: talk.how }] }
    case 'talking':
      if (isLost(talk, now)) return andRelease(ended({ kind: 'lost' }, 'lost', now))
      if (talk.warned || talk.until - now > LIMIT_WARNING_MS) return stay(talk)
      return { next: { ...talk, warned: true }, outputs: [{ type: 'tone', tone: 'limit' }] }
    case 'ending':
      if (now < talk.until) return stay(talk)
      return { next: { name: 'idle' }, outputs: talk.spoke ? [{ type: 'tone', tone: 'end' }] : [] }
    case 'queued':
      return isLost(talk, now) ? andRelease(ended({ kind: 'lost' }, 'lost', now)) : stay(talk)
  }
}

function isLost({ lostAt }: { lostAt?: number }, now: number): boolean {
  return lostAt !== undefined && now - lostAt >= LOST_PATIENCE_MS
}

/** When `tick` next has something to do; undefined while time changes nothing. */
export function nextTickAt(talk: Talk): number | undefined {
  switch (talk.name) {
    case 'idle':
      return talk.noteUntil
    case 'asking':
      return talk.lostAt === undefined ? talk.askedAt + ASK_AGAIN_MS * talk.tries : lostEnd(talk)
    case 'talking':
      return earliest(talk.warned ? undefined : talk.until - LIMIT_WARNING_MS, lostEnd(talk))
    case 'ending':
      return talk.until
    case 'queued':
      return lostEnd(talk)
  }
}

function lostEnd({ lostAt }: { lostAt?: number }): number | undefined {
  return lostAt === undefined ? undefined : lostAt + LOST_PATIENCE_MS
}

function earliest(...times: (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined)
  return known.length > 0 ? Math.min(...known) : undefined
}

const WEIGHT: Record<Talk['name'], number> = { talking: 4, asking: 3, queued: 2, ending: 1, idle: 0 }

/** What the key shows when it speaks to several groups at once: the best that happens in one of them, else why not. */
export function leadOf(talks: Iterable<Talk>): Talk {
  let lead: Talk = { name: 'idle' }
  for (const talk of talks) {
    const better = WEIGHT[talk.name] > WEIGHT[lead.name]
    const says = talk.name === 'idle' && lead.name === 'idle' && talk.note && (talk.noteUntil ?? 0) > (lead.noteUntil ?? 0)
    if (better || says) lead = talk
  }
  return lead
}
