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

const MOST_TURNS = 3

/** Goes on at the node that keeps what is asked for, as long as one says where; answers where it was found, too. */
export async function askHolder<T>(origin: string, token: string, method: string, path: string, body?: unknown): Promise<{ at: string; value: T }> {
  let at = origin
  for (let turn = 1; ; turn++) {
    try {
      return { at, value: await ask<T>(at, token, method, path, body) }
    } catch (error) {
      const holder = error instanceof RestRefusal && error.code === 'held-elsewhere' ? error.details.url : undefined
      if (typeof holder === 'string' && holder && turn < MOST_TURNS) at = holder
      else if (at !== origin && error instanceof RestRefusal && error.code === 'offline') throw new RestRefusal('holder-away', 503, { url: at })
      else throw error
    }
  }
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
