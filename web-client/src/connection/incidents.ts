import type { ActionRequest, Agency, AlarmBudget, Duplicate, EvidenceItem, Incident, IncidentCase, LetterTemplate, LetterText, NewIncident, SeverityPolicy, Suggestion, TimelineEntry } from '@/protocol/incidents'
import type { Burst } from '@/protocol/messages'
import { ask } from './rest'

/** As much as a queue is worth: nobody reads on. */
const OPEN_AT_MOST = 500
const CLOSED_AT_MOST = 100
const LINES_AT_MOST = 500
const WORDS_AT_MOST = 200

/** Incidents over REST, with the person's own rights. What an older node leaves out is filled in here, once. */
export class IncidentApi {
  constructor(private readonly origin: () => string, private readonly token: string) {}

  /** All that are open and the last ones that are not, newest first. */
  async list(): Promise<Incident[]> {
    const [open, closed] = await Promise.all([
      this.get<Incident[]>(`/api/incidents?state=open&limit=${OPEN_AT_MOST}`), this.get<Incident[]>(`/api/incidents?state=closed&limit=${CLOSED_AT_MOST}`),
    ])
    return [...new Map([...open, ...closed].map((incident) => [incident.id, whole(incident)])).values()]
  }

  /** By number, title, place or words, closed ones too, however old. */
  async find(words: string): Promise<Incident[]> {
    return (await this.get<Incident[]>(`/api/incidents?state=all&limit=${CLOSED_AT_MOST}&q=${encodeURIComponent(words)}`)).map(whole)
  }

  async one(id: string): Promise<IncidentCase> {
    return wholeCase(await this.get<IncidentCase>(at(id)))
  }

  timeline(id: string): Promise<TimelineEntry[]> {
    return this.get(`${at(id)}/timeline?limit=${LINES_AT_MOST}`)
  }

  /** Pictures and videos; where to show them is said for some minutes. */
  async evidence(id: string): Promise<EvidenceItem[]> {
    const origin = this.origin()
    const items = await this.get<EvidenceItem[]>(`${at(id)}/evidence`)
    return items.map((item) => ({ ...item, href: new URL(item.href, origin).href }))
  }

  /** What was said since then that this seat may hear again, newest first. */
  async recordings(since: string): Promise<Burst[]> {
    const { bursts } = await this.get<{ bursts: Burst[] }>(`/api/bursts?from=${encodeURIComponent(since)}&limit=${CLOSED_AT_MOST}`)
    return bursts.filter(({ audio }) => audio)
  }

  duplicates(id: string): Promise<Duplicate[]> {
    return this.get(`${at(id)}/duplicates`)
  }

  /** Whose matter it is by the county's list, the likeliest first. */
  suggest(text: string, kind?: string): Promise<Suggestion[]> {
    return this.get(`/api/ownership/suggest?text=${encodeURIComponent(text.slice(0, WORDS_AT_MOST))}${kind ? `&kind=${encodeURIComponent(kind)}` : ''}`)
  }

  /** Who can be called in, the likeliest first. */
  agencies(id: string): Promise<Agency[]> {
    return this.get(`${at(id)}/agencies`)
  }

  alarmBudget(): Promise<AlarmBudget> {
    return this.get('/api/alarm-budget')
  }

  severities(): Promise<SeverityPolicy[]> {
    return this.get('/api/severities')
  }

  letters(): Promise<LetterTemplate[]> {
    return this.get('/api/letters')
  }

  letter(id: string, template: string, node: string): Promise<LetterText> {
    return this.get(`${at(id)}/letters/${encodeURIComponent(template)}?node=${encodeURIComponent(node)}`)
  }

  async open(incident: NewIncident): Promise<IncidentCase> {
    return wholeCase(await this.post('/api/incidents', incident))
  }

  async act(id: string, request: ActionRequest): Promise<IncidentCase> {
    return wholeCase(await this.post(`${at(id)}/actions`, request))
  }

  private get<T>(path: string): Promise<T> {
    return ask(this.origin(), this.token, 'GET', path)
  }

  private post(path: string, body: unknown): Promise<IncidentCase> {
    return ask(this.origin(), this.token, 'POST', path, body)
  }
}

function at(id: string): string {
  return `/api/incidents/${encodeURIComponent(id)}`
}

function whole<T extends Partial<Incident>>(incident: T): T & Incident {
  return { source: 'operator', step: incident.state, overdue: false, rooms: [], merged: 0, ...incident } as T & Incident
}

function wholeCase(found: Partial<IncidentCase>): IncidentCase {
  return { steps: [], callbacks: [], attendance: [], showings: [], letters: [], reports: [], may: [], gates: [], ...whole(found) } as IncidentCase
}
