import type { EvidenceItem, TimelineEntry } from '@/protocol/incidents'
import type { Mark, RecordedPiece, RecordedSpan, Replay, Sitting, WayPiece } from '@/protocol/replay'
import type { Ground } from './map'
import { askPiece } from './pieces'
import type { ReplaySource } from './replay'
import { ask, RestRefusal } from './rest'

/** A mediation that is over gone through again over REST. It has people and steps; no ways, no map and no marks. */
export class SittingApi implements ReplaySource {
  private asked: Promise<Sitting> | undefined

  constructor(private readonly origin: string, private readonly token: string) {}

  /** Asked once: nothing of it changes any more. */
  sitting(id: string): Promise<Sitting> {
    this.asked ??= ask<Sitting>(this.origin, this.token, 'GET', `${at(id)}/replay`)
    return this.asked
  }

  async replay(id: string): Promise<Replay> {
    const { now, from, until } = await this.sitting(id)
    return { now, from, until, live: false, follows: false, marks: false, units: [], calls: [], alerts: [] }
  }

  async lines(id: string): Promise<TimelineEntry[]> {
    return (await this.sitting(id)).lines
  }

  /** Who had no camera is played all the same: one lane and one tile for each person, in the order of their places. */
  async recordings(id: string): Promise<RecordedSpan[]> {
    const { recordings, people } = await this.sitting(id)
    return [...recordings].sort((one, other) => one.person.localeCompare(other.person, 'en', { numeric: true })).map(({ person, from, until, complete, chains }) => ({ unit: person, name: people.find(({ id: one }) => one === person)?.name ?? person, medium: 'picture', from, until, complete, chain: chains.join(' ') }))
  }

  piece(id: string, person: string, from: number, until: number): Promise<RecordedPiece> {
    return askPiece(this.origin, this.token, `${at(id)}/pieces`, { person }, from, until)
  }

  evidence(): Promise<EvidenceItem[]> {
    return Promise.resolve([])
  }

  marks(): Promise<Mark[]> {
    return Promise.resolve([])
  }

  firstWays(): Promise<WayPiece[]> {
    return Promise.resolve([])
  }

  ways(): Promise<WayPiece[]> {
    return Promise.resolve([])
  }

  ground(): Promise<Ground> {
    return none()
  }

  sound(): Promise<Blob> {
    return none()
  }

  mark(): Promise<Mark> {
    return none()
  }

  unmark(): Promise<void> {
    return none()
  }
}

function none(): Promise<never> {
  return Promise.reject(new RestRefusal('not-visible', 404))
}

function at(id: string): string {
  return `/api/mediations/${encodeURIComponent(id)}`
}
