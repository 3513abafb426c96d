import type { EvidenceItem, Incident, IncidentCase, TimelineEntry } from '@/protocol/incidents'
import type { Mark, NewMark, RecordedPiece, RecordedSpan, Replay, WayPiece } from '@/protocol/replay'
import { IncidentApi } from './incidents'
import { MapApi, type Ground } from './map'
import { askPiece } from './pieces'
import { answer, ask } from './rest'

const LINES_AT_MOST = 5_000

/** What a replay's desk asks, whatever it is that is gone through again. */
export type ReplaySource = Pick<ReplayApi, 'replay' | 'lines' | 'evidence' | 'marks' | 'recordings' | 'firstWays' | 'ways' | 'ground' | 'sound' | 'piece' | 'mark' | 'unmark'>

/** An incident gone through again over REST, with the person's own rights. */
export class ReplayApi {
  private readonly incidents: IncidentApi
  private readonly map: MapApi

  constructor(private readonly origin: string, private readonly token: string) {
    this.incidents = new IncidentApi(() => origin, token)
    this.map = new MapApi(() => origin, token)
  }

  list(): Promise<Incident[]> {
    return this.incidents.list()
  }

  find(words: string): Promise<Incident[]> {
    return this.incidents.find(words)
  }

  incident(id: string): Promise<IncidentCase> {
    return this.incidents.one(id)
  }

  lines(id: string): Promise<TimelineEntry[]> {
    return this.get(`${at(id)}/timeline?limit=${LINES_AT_MOST}`)
  }

  evidence(id: string): Promise<EvidenceItem[]> {
    return this.incidents.evidence(id)
  }

  replay(id: string): Promise<Replay> {
    return this.get(`${at(id)}/replay`)
  }

  /** Of the first six hours. */
  firstWays(id: string): Promise<WayPiece[]> {
    return this.get(`${at(id)}/ways`)
  }

  ways(id: string, from: number, until: number): Promise<WayPiece[]> {
    return this.get(`${at(id)}/ways?from=${new Date(from).toISOString()}&until=${new Date(until).toISOString()}`)
  }

  ground(): Promise<Ground> {
    return this.map.ground()
  }

  recordings(id: string): Promise<RecordedSpan[]> {
    return this.get(`${at(id)}/recordings`)
  }

  piece(id: string, unit: string, from: number, until: number): Promise<RecordedPiece> {
    return askPiece(this.origin, this.token, `${at(id)}/pieces`, { unit }, from, until)
  }

  marks(id: string): Promise<Mark[]> {
    return this.get(`${at(id)}/marks`)
  }

  mark(id: string, mark: NewMark): Promise<Mark> {
    return ask(this.origin, this.token, 'POST', `${at(id)}/marks`, mark)
  }

  unmark(id: string, mark: string): Promise<void> {
    return ask(this.origin, this.token, 'DELETE', `${at(id)}/marks/${encodeURIComponent(mark)}`)
  }

  async sound(burst: string): Promise<Blob> {
    return (await answer(this.origin, this.token, 'GET', `/api/bursts/${encodeURIComponent(burst)}/audio`)).blob()
  }

  /** A sealed package; it may be large, so the browser saves it by itself. */
  async package(id: string): Promise<Blob> {
    return (await answer(this.origin, this.token, 'GET', `${at(id)}/export`)).blob()
  }

  private get<T>(path: string): Promise<T> {
    return ask(this.origin, this.token, 'GET', path)
  }
}

function at(id: string): string {
  return `/api/incidents/${encodeURIComponent(id)}`
}
