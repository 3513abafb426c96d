import { describe, expect, it } from 'vitest'
import { signIn } from './sign-in'

const answer = (status: number, headers: Record<string, string> = {}) => async () => new Response(status === 200 ? '{"token":"t"}' : '{}', { status, headers })

describe('signing in', () => {
  it('gives the credentials', async () => {
    await expect(signIn('xinhe', 'pw', answer(200))).resolves.toEqual({ token: 't' })
  })

  it('says what went wrong', async () => {
    await expect(signIn('xinhe', 'no', answer(401))).rejects.toMatchObject({ trouble: 'wrong-password' })
    await expect(signIn('xinhe', 'no', answer(429, { 'Retry-After': '17' }))).rejects.toMatchObject({ trouble: 'too-many', retryAfterSeconds: 17 })
    await expect(signIn('xinhe', 'no', answer(503))).rejects.toMatchObject({ trouble: 'server-trouble' })
    await expect(signIn('xinhe', 'no', () => Promise.reject(new TypeError('failed')))).rejects.toMatchObject({ trouble: 'no-server' })
  })
})
