import { expect, it } from 'vitest'
import { fetched } from '@/ui/lazily'

function failing(times: number): { part: () => Promise<string>; asked: () => number } {
  let asked = 0
  return { part: async () => (asked++ < times ? Promise.reject(new TypeError('network changed')) : 'here'), asked: () => asked }
}

async function within(times: number): Promise<{ answer: string; asked: number; pauses: number[] }> {
  const { part, asked } = failing(times)
  const pauses: number[] = []
  const answer = await fetched(part, async (milliseconds) => void pauses.push(milliseconds)).catch((error: Error) => error.message)
  return { answer, asked: asked(), pauses }
}

it('asks once for what comes', async () => {
  expect(await within(0)).toEqual({ answer: 'here', asked: 1, pauses: [] })
})

it('asks again, quickly at first, for what was cut off', async () => {
  expect(await within(3)).toEqual({ answer: 'here', asked: 4, pauses: [250, 500, 1_000] })
})

it('gives up what is not there any more', async () => {
  const { answer, asked, pauses } = await within(1_000)
  expect({ answer, asked }).toEqual({ answer: 'network changed', asked: 30 })
  expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(100_000)
})
