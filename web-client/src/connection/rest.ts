const PATIENCE_MS = 10_000

/** The server has said no, with a code that the page turns into words. */
export class RestRefusal extends Error {
  constructor(readonly code: string, readonly status: number, readonly details: Readonly<Record<string, unknown>> = {}) {
    super(code)
  }

  /** Nobody has heard us: the same may be sent again. */
  get unheard(): boolean {
    return this.status === 0 || this.status >= 500
  }
}

/** Asks by HTTP, in the page's language, and answers what came back, or throws a RestRefusal. Without a token it is nobody in particular who asks. */
export async function ask<T>(origin: string, token: string | undefined, method: string, path: string, body?: unknown): Promise<T> {
  const sent = body === undefined ? undefined : { type: 'application/json', bytes: JSON.stringify(body) }
  const response = await answer(origin, token, method, path, sent)
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T)
}

/** The same with a file, as what is sent or as what comes back. */
export async function answer(origin: string, token: string | undefined, method: string, path: string, sent?: { type: string; bytes: BodyInit }): Promise<Response> {
  let response: Response
  try {
    response = await fetch(`${origin}${path}`, {
      method,
      headers: { 'Accept-Language': document.documentElement.lang, ...(token ? { Authorization: `Bearer ${token}` } : {}), ...(sent ? { 'Content-Type': sent.type } : {}) },
      body: sent?.bytes,
      cache: 'no-store',
      signal: AbortSignal.timeout?.(PATIENCE_MS),
    })
  } catch {
    throw new RestRefusal('offline', 0)
  }
  if (response.ok) return response
  const problem = (await response.json().catch(() => ({}))) as Record<string, unknown>
  const wait = response.headers.get('Retry-After')
  throw new RestRefusal(typeof problem.code === 'string' ? problem.code : 'internal', response.status, wait ? { ...problem, retryAfter: wait } : problem)
}
