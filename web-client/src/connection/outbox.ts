import type { ClientMessage } from '@/protocol/messages'

/** A message that must reach the server, however often the connection breaks in between. */
export interface Letter {
  id: string
  message: ClientMessage
  /** True while it is on its way over the present connection. */
  sent: boolean
}

/** What stays true whatever session carries it; the rest belongs to the session in which it was said. */
const LASTING: readonly ClientMessage['type'][] = [
  'order.place', 'order.report', 'unit.status', 'live.decline', 'alert.raise', 'alert.cancel', 'burst.heard', 'callback.ask', 'callback.done',
]

/** What also means a session that goes on with the groups of the one before. */
const MOVING: readonly ClientMessage['type'][] = ['group.affiliate', 'group.leave', 'call.mode']

/** Keeps letters in the order they were written until the server has answered them. */
export class Outbox {
  private letters: Letter[] = []

  get size(): number {
    return this.letters.length
  }

  add(id: string, message: ClientMessage): Letter {
    const known = this.letters.find((letter) => letter.id === id)
    if (known) return known
    const letter = { id, message, sent: false }
    this.letters.push(letter)
    return letter
  }

  /** The server has answered, so the letter need not be sent again. */
  answered(id: string): boolean {
    const before = this.letters.length
    this.letters = this.letters.filter((letter) => letter.id !== id)
    return this.letters.length < before
  }

  /**
   * A new session begins: what only meant the old one is not sent any more. Answers the dropped letters' ids.
   * `moved`: it goes on with what the old one listened to.
   */
  sessionIsNew(moved: boolean): string[] {
    const dropped = this.letters.filter(({ message: { type } }) => !LASTING.includes(type) && !(moved && MOVING.includes(type)))
    this.letters = this.letters.filter((letter) => !dropped.includes(letter))
    return dropped.map(({ id }) => id)
  }

  /** What was under way when the connection broke may or may not have arrived: it is due again. */
  connectionLost(): void {
    for (const letter of this.letters) letter.sent = false
  }

  /** Letters that are due, marked as under way. */
  takeDue(): Letter[] {
    const due = this.letters.filter((letter) => !letter.sent)
    for (const letter of due) letter.sent = true
    return due
  }
}
