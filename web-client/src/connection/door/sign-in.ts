import type { User } from '@/protocol/messages'
import { passing } from './token'

export interface Credentials { token: string; expiresAt: string; user: User }

/** What went wrong, as a word the page translates. */
export type SignInTrouble = 'wrong-password' | 'too-many' | 'no-server' | 'server-trouble' | 'no-answer'

export class SignInFailed extends Error {
  constructor(readonly trouble: SignInTrouble, readonly retryAfterSeconds = 0) {
    super(trouble)
  }
}

/** POST /api/login of the server this page came from. */
export async function signIn(username: string, password: string, fetcher: typeof fetch = fetch): Promise<Credentials> {
  let response: Response
  try {
    response = await fetcher('/api/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ username, password }),
      cache: 'no-store',
      signal: AbortSignal.timeout?.(10_000),
    })
  } catch (error) {
    throw new SignInFailed((error as Error).name === 'TimeoutError' ? 'no-answer' : 'no-server')
  }
  if (response.ok) return passing<Credentials>(response)
  if (response.status === 401 || response.status === 400 || response.status === 403) throw new SignInFailed('wrong-password')
  if (response.status === 429) {
    throw new SignInFailed('too-many', Number(response.headers.get('Retry-After')) || 30)
  }
  throw new SignInFailed('server-trouble')
}
