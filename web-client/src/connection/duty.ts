import type { CheckIn } from '@/protocol/check-ins'
import type { Figures, HandOver, OutboxPage, Period, Roster, Shift, ShiftWish } from '@/protocol/duty'
import { answer, ask } from './rest'

const NOTES_AT_MOST = 20
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export interface Wanted { period: Period; from?: string; node?: string }

/** Figures, rosters and the outbox over REST, with the person's own rights. */
export class DutyApi {
  constructor(private readonly origin: () => string, private readonly token: string) {}

  figures(wanted: Wanted): Promise<Figures> {
    return this.ask('GET', `/api/figures?${query({ ...wanted })}`)
  }

  /** The file and what it is called. */
  async export(wanted: Wanted, format: 'csv' | 'xlsx'): Promise<{ name: string; file: Blob }> {
    const response = await answer(this.origin(), this.token, 'GET', `/api/figures/export?${query({ ...wanted, format })}`)
    const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1]
    return { name: name ?? `figures.${format}`, file: await response.blob() }
  }

  /** Who is on duty now. */
  now(): Promise<Roster> {
    return this.ask('GET', '/api/duty')
  }

  roster(node: string | undefined, from: string, until: string): Promise<Roster> {
    return this.ask('GET', `/api/duty?${query({ node, from, until })}`)
  }

  add(shift: ShiftWish): Promise<Shift> {
    return this.ask('POST', '/api/duty/shifts', shift)
  }

  change(id: string, shift: ShiftWish): Promise<Shift> {
    return this.ask('POST', `/api/duty/shifts/${encodeURIComponent(id)}`, shift)
  }

  remove(id: string, version: number): Promise<void> {
    return this.ask('DELETE', `/api/duty/shifts/${encodeURIComponent(id)}?version=${version}`)
  }

  async import(file: File): Promise<number> {
    const type = file.name.toLowerCase().endsWith('.xlsx') ? XLSX : 'text/csv'
    const response = await answer(this.origin(), this.token, 'POST', '/api/duty/import', { type, bytes: file })
    return ((await response.json()) as { shifts: number }).shifts
  }

  /** Of the last day, newest first; of one unit the last one. */
  checkIns({ node, unit }: { node: string | undefined; unit: string | undefined }): Promise<CheckIn[]> {
    return this.ask('GET', `/api/check-ins?${query({ node, unit, limit: unit ? '1' : '100' })}`)
  }

  notes(node: string | undefined): Promise<HandOver[]> {
    return this.ask('GET', `/api/duty/notes?${query({ node, limit: String(NOTES_AT_MOST) })}`)
  }

  write(note: { clientId: string; from: string; text: string }): Promise<HandOver> {
    return this.ask('POST', '/api/duty/notes', note)
  }

  take(id: string, to: string): Promise<HandOver> {
    return this.ask('POST', `/api/duty/notes/${encodeURIComponent(id)}/take`, { to })
  }

  outbox(before?: string): Promise<OutboxPage> {
    return this.ask('GET', `/api/outbox?${query({ before, limit: '50' })}`)
  }

  private ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    return ask(this.origin(), this.token, method, path, body)
  }
}

function query(fields: Record<string, string | undefined>): string {
  return new URLSearchParams(Object.entries(fields).filter((field): field is [string, string] => Boolean(field[1]))).toString()
}
