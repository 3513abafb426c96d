import type { HungCode, NewCode, OwnershipItem, OwnershipPreview, OwnershipVersion } from '@/protocol/lists'
import { answer, ask } from './rest'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What a county sets up for its intake: who owns what, and the codes that hang somewhere. */
export class ListsApi {
  constructor(private readonly origin: () => string, private readonly token: string) {}

  ownership(): Promise<{ version: number; items: OwnershipItem[] }> {
    return this.ask('GET', '/api/ownership')
  }

  versions(): Promise<OwnershipVersion[]> {
    return this.ask('GET', '/api/ownership/versions')
  }

  preview(file: File): Promise<OwnershipPreview> {
    return this.send('/api/ownership/preview', file)
  }

  import(file: File): Promise<{ version: number; items: number }> {
    return this.send('/api/ownership', file)
  }

  codes(): Promise<HungCode[]> {
    return this.ask('GET', '/api/codes')
  }

  add(code: NewCode): Promise<HungCode> {
    return this.ask('POST', '/api/codes', code)
  }

  withdraw(code: string): Promise<void> {
    return this.ask('DELETE', `/api/codes/${encodeURIComponent(code)}`)
  }

  private async send<T>(path: string, file: File): Promise<T> {
    const type = file.name.toLowerCase().endsWith('.xlsx') ? XLSX : 'text/csv'
    return (await (await answer(this.origin(), this.token, 'POST', path, { type, bytes: file })).json()) as T
  }

  private ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    return ask(this.origin(), this.token, method, path, body)
  }
}
