/** What has gone out and come in over a peer connection, in bytes, and the path's checks (RFC 8445 §7, RFC 7675). */
export interface PathReading { sent: number; received: number; pair: string; checks: number; answers: number }

export interface PathMemory {
  last: PathReading
  /** When something came in last, and what had gone out until then. */
  heardAt: number
  sentWhenHeard: number
  /** Checks that had gone out when one was answered last. */
  checksWhenAnswered: number
  /** As much came as a picture has, at the last reading with anything in it, and at that or the one before. */
  fast: boolean
  picture: boolean
  readAt: number
  doubtedAt: number
  lookedAt: number
  /** How many times as long as usual a silence may last: more, after silences that ended by themselves. */
  patience: number
  patientAt: number
}

/** `quiet`: time to look whether the networks are other ones. `inDoubt`: nobody answers, whatever is seen. */
export interface PathStep { memory: PathMemory; quiet: boolean; inDoubt: boolean }

/** Who gets a picture answers ten times a second: so long without a word is strange. */
const QUIET_MS = 250
/** A picture pauses longer by itself. */
const QUIET_LOOKER_MS = 500
/** So long is no pause. */
const SILENT_MS = 1_000
/** As much as a small picture: less may be our own pause. */
const SENT_BYTES = 4_000
/** Bytes in a millisecond: more than two voices, less than a picture. */
const PICTURE_RATE = 15
/** Browsers check a silent path a few times in a second, after 2.5 s; one in three answers may be lost. */
const UNANSWERED_CHECKS = 6
/** A new path may take so long to come about. */
const AGAIN_MS = 4_000
/**
 * A device that has too much to do, or a way that stutters, is silent now and then and in no other network: to look
 * each time would be even more to do. So each look for nothing doubles what is waited for, and calm halves it again.
 */
const MOST_PATIENCE = 4
const CALM_MS = 20_000
/** A look at the networks is work for a handheld. */
const LOOK_AGAIN_MS = 500
const LOOK_FOR_MS = 10_000

/** Whether we are still heard and answered: the network may have changed under us, and no browser says so. Pure. */
export function pathStep(before: PathMemory | undefined, reading: PathReading, sends: boolean, nowMs: number): PathStep {
  const { sent, received, checks, answers } = reading
  const { doubtedAt = -Infinity, lookedAt = -Infinity } = before ?? {}
  if (!before || reading.pair !== before.last.pair || received !== before.last.received || sent < before.last.sent) {
    const fast = !!before && received - before.last.received > PICTURE_RATE * (nowMs - before.readAt)
    return {
      memory: { last: reading, heardAt: nowMs, sentWhenHeard: sent, checksWhenAnswered: checks, fast, picture: fast || !!before?.fast, readAt: nowMs, doubtedAt, lookedAt, ...patienceAfter(before, reading, nowMs) },
      quiet: false, inDoubt: false,
    }
  }
  const checksWhenAnswered = answers !== before.last.answers ? checks : before.checksWhenAnswered
  const silentMs = nowMs - before.heardAt
  const spoken = sends && sent - before.sentWhenHeard >= SENT_BYTES
  const strange = (spoken && silentMs >= QUIET_MS * before.patience) || (!sends && before.picture && silentMs >= QUIET_LOOKER_MS * before.patience)
  const quiet = strange && silentMs < LOOK_FOR_MS && nowMs - lookedAt >= LOOK_AGAIN_MS
  const lost = spoken || checks - checksWhenAnswered >= UNANSWERED_CHECKS
  const inDoubt = lost && silentMs >= SILENT_MS && nowMs - doubtedAt >= AGAIN_MS
  return {
    memory: {
      ...before, last: reading, checksWhenAnswered, readAt: nowMs,
      lookedAt: quiet ? nowMs : lookedAt, doubtedAt: inDoubt ? nowMs : doubtedAt,
    },
    quiet, inDoubt,
  }
}

/** As it is once something has come. */
function patienceAfter(before: PathMemory | undefined, reading: PathReading, nowMs: number): Pick<PathMemory, 'patience' | 'patientAt'> {
  if (!before || reading.pair !== before.last.pair) return { patience: 1, patientAt: nowMs }
  const { patience, patientAt, lookedAt, heardAt } = before
  if (lookedAt > heardAt) return { patience: Math.min(MOST_PATIENCE, patience * 2), patientAt: nowMs }
  if (patience > 1 && nowMs - patientAt >= CALM_MS) return { patience: patience / 2, patientAt: nowMs }
  return { patience, patientAt }
}

/** Undefined where the report has no path in it. Pure. */
export function readPath(entries: Iterable<unknown>): PathReading | undefined {
  const all = [...entries] as Record<string, unknown>[]
  const path = all.find(({ type }) => type === 'transport')
  if (typeof path?.bytesSent !== 'number' || typeof path.bytesReceived !== 'number') return undefined
  const pair = all.find(({ id }) => id === path.selectedCandidatePairId)
  const count = (name: string): number => Number(pair?.[name] ?? 0)
  return {
    sent: path.bytesSent, received: path.bytesReceived, pair: String(pair?.id ?? ''),
    checks: count('requestsSent') + count('consentRequestsSent'), answers: count('responsesReceived'),
  }
}
