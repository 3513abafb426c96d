import { defineAsyncComponent, type AsyncComponentLoader, type Component } from 'vue'

/** So often a part is fetched: for two minutes. A new release may have taken it away; a page that is loaded anew has it. */
const TRIES = 30

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 5_000

const rest = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds))

/**
 * Fetches a part of a page until it comes. A network that changes meanwhile ends what was on its
 * way, and nobody would see why half of a page is missing.
 *
 * @param pause waits some milliseconds
 * @throws what the last try threw
 */
export const fetched = <T>(part: () => Promise<T>, pause = rest, tried = 1): Promise<T> =>
  part().catch((error: unknown) => {
    if (tried >= TRIES) throw error
    return pause(Math.min(FIRST_PAUSE_MS * 2 ** (tried - 1), LONGEST_PAUSE_MS)).then(() => fetched(part, pause, tried + 1))
  })

/** A part of a page that is fetched when it is first shown. */
export const lazily = <T extends Component>(load: AsyncComponentLoader<T>): T => defineAsyncComponent(() => fetched(load))
