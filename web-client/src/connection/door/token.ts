/** What opens doors for a while. */
interface Passing { expiresAt: string }

/**
 * Reads an answer with a token, and until when it is good by this device's own clock: a telephone's may be years off,
 * and who has just been let in would be sent away again.
 */
export async function passing<T extends Passing>(response: Response, now: () => number = Date.now): Promise<T> {
  const read = (await response.json()) as T
  const lasts = Date.parse(read.expiresAt) - Date.parse(response.headers.get('Date') ?? '')
  return Number.isNaN(lasts) ? read : { ...read, expiresAt: new Date(now() + lasts).toISOString() }
}
