// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { account } from '@/app/account'
import { SessionRig } from '../../../tests/session-rig'
import { CheckInDesk } from './check-in-desk'

let rig: SessionRig
let answer: () => Response
let sent: { clientId: string; place: string }[]

beforeEach(async () => {
  sent = []
  answer = () => new Response('{}', { status: 201, headers: { 'content-type': 'application/json' } })
  vi.stubGlobal('fetch', vi.fn(async (_: string, { body }: RequestInit) => {
    const response = answer()
    sent.push(JSON.parse(body as string) as (typeof sent)[number])
    return response
  }))
  account.value = { token: 't', user: { id: 'u' } } as never
  rig = new SessionRig()
  await rig.greets()
})
afterEach(() => {
  rig.close()
  account.value = undefined
})

describe('check-ins', () => {
  it('go to the room at once', async () => {
    const desk = new CheckInDesk(rig.session)
    await desk.checkIn('长屿村口', '')
    expect(sent.map(({ place }) => place)).toEqual(['长屿村口'])
    expect(desk.waiting.value).toEqual([])
    expect(desk.last.value?.place).toBe('长屿村口')
  })

  it('are kept without a network, and sent once each, in order, under the id that they had', async () => {
    answer = () => { throw new TypeError('no way') }
    const desk = new CheckInDesk(rig.session)
    await desk.checkIn('一', '')
    await desk.checkIn('二', '')
    expect(desk.waiting.value.map(({ wish }) => wish.place)).toEqual(['一', '二'])
    expect(desk.last.value).toBeUndefined()
    const id = desk.waiting.value[0]!.id
    answer = () => new Response('{}', { status: 201 })
    await rig.lives(40_000)
    expect(sent.map(({ place }) => place)).toEqual(['一', '二'])
    expect(sent[0]!.clientId).toBe(id)
    expect(desk.waiting.value).toEqual([])
  })

  it('are not sent again when the server has said no', async () => {
    answer = () => new Response(JSON.stringify({ code: 'malformed' }), { status: 400 })
    const desk = new CheckInDesk(rig.session)
    await desk.checkIn('一', '')
    expect(desk.refused.value).toBe('malformed')
    await rig.lives(60_000)
    expect(sent).toHaveLength(1)
  })
})
