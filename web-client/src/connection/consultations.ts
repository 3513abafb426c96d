import type { Agenda, ConsultationOverview } from '@/protocol/consultations'
import type { Consultation } from '@/protocol/messages'
import { ask } from './rest'

const ALL = '/api/consultations'
const one = (id: string): string => `${ALL}/${encodeURIComponent(id)}`

/** Meetings by one press over REST, with the person's own rights. */
export class ConsultationApi {
  constructor(private readonly origin: () => string, private readonly token: string) {}

  overview(): Promise<ConsultationOverview> {
    return ask(this.origin(), this.token, 'GET', ALL)
  }

  /** What the next one of a meeting that comes again talks about. */
  agenda(preset: string, town: string): Promise<Agenda> {
    return ask(this.origin(), this.token, 'GET', `${ALL}/agenda?${new URLSearchParams({ preset, town })}`)
  }

  call(preset: string, town: string, incident: string | undefined): Promise<Consultation> {
    return ask(this.origin(), this.token, 'POST', ALL, { preset, town, ...(incident ? { incident } : {}) })
  }

  /** @return a page that opens once */
  seat(id: string): Promise<{ path: string }> {
    return ask(this.origin(), this.token, 'POST', `${one(id)}/seat`)
  }

  end(id: string): Promise<Consultation> {
    return ask(this.origin(), this.token, 'POST', `${one(id)}/end`)
  }
}
