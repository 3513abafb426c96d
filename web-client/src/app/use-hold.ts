import type { DispatchSession } from '@/session/session'
import { listenForHolds } from '@/ui/keys'
import { preferences } from './preferences'

export interface HoldMeaning {
  /** Slow keys of this screen, and what a short touch of them means. */
  slow?: readonly string[]
  tap?(key: string): void
  /** Presses the talk key for a slow key; undefined keys mean nothing. */
  press?(key: string, source: string): void
}

/** The keys that talk on this screen: the space bar, what was learned, and the screen's own. */
export function listenForTalkKeys(session: DispatchSession, { slow = [], tap, press }: HoldMeaning = {}): () => void {
  return listenForHolds({
    slow,
    tap,
    learned: () => preferences.value.talkKeys,
    press: (key, shift) => {
      const source = `key ${key}`
      if (slow.includes(key)) press?.(key, source)
      else session.talk.press(source, { override: shift && session.may('floor.override') })
    },
    letGo: (key) => session.talk.letGo(`key ${key}`),
    letGoAll: () => session.talk.stuckKeyGuard(),
  })
}
