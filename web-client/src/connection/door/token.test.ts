import { describe, expect, it } from 'vitest'
import { passing } from './token'

const AHEAD = Date.parse('2028-11-30T08:00:00Z')

function answer(headers: Record<string, string>): Response {
  return new Response('{"token":"t","expiresAt":"2026-11-30T20:00:00Z"}', { headers })
}

describe('a token', () => {
  it('is good for as long as the server says, by a clock that is two years off', async () => {
    const dated = answer({ Date: 'Mon, 30 Nov 2026 08:00:00 GMT' })
    await expect(passing(dated, () => AHEAD)).resolves.toEqual({ token: 't', expiresAt: '2028-11-30T20:00:00.000Z' })
  })

  it('is taken as it is told by a server that says no time', async () => {
    await expect(passing(answer({}), () => AHEAD)).resolves.toMatchObject({ expiresAt: '2026-11-30T20:00:00Z' })
    await expect(passing(answer({ Date: 'soon' }), () => AHEAD)).resolves.toMatchObject({ expiresAt: '2026-11-30T20:00:00Z' })
  })
})
