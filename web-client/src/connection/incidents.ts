import type { Incident } from '@/protocol/incidents'

const PATIENCE_MS = 10_000

/** The server has said no, with a code that the page turns into words. */
export class RestRefusal extends Error {
  constructor(readonly code: string, readonly status: number, readonly details: Readonly<Record<string, unknown>> = {}) {
    super(code)
  }
}

/** Incidents over REST, with the person's own rights. */
export class IncidentApi {
  constructor(private readonly origin: () => string, private readonly token: string) {}

  /** Newest first. */
  list(limit = 500): Promise<Incident[]> {
    return this.send('GET', `/api/incidents?limit=${limit}`)
  }

  private async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    let response: Response
    try {
      response = await fetch(`${this.origin()}${path}`, {
        method,
        headers: { Authorization: `Bearer ${this.token}`, Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
        body: body === undefined ? undefined : JSON.stringify(body),
        cache: 'no-store',
        signal: AbortSignal.timeout?.(PATIENCE_MS),
      })
    } catch {
      throw new RestRefusal('offline', 0)
    }
    if (response.ok) return (await response.json()) as T
    const problem = (await response.json().catch(() => ({}))) as Record<string, unknown>
    throw new RestRefusal(typeof problem.code === 'string' ? problem.code : 'internal', response.status, problem)
  }
}
