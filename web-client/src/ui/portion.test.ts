import { describe, expect, it } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { usePortion } from './portion'

function scrolledTo(scrollTop: number): Event {
  return { currentTarget: { scrollTop, clientHeight: 800, scrollHeight: 6_000 } } as unknown as Event
}

describe('a portion of a long list', () => {
  it('grows when its end comes near, and begins anew with other words', async () => {
    const words = ref('')
    const scope = effectScope()
    const portion = scope.run(() => usePortion(() => words.value))!
    const first = portion.size.value
    portion.onScroll(scrolledTo(1_000))
    expect(portion.size.value).toBe(first)
    portion.onScroll(scrolledTo(4_700))
    expect(portion.size.value).toBe(2 * first)
    words.value = '巡逻'
    await nextTick()
    expect(portion.size.value).toBe(first)
    portion.reach(first - 1)
    expect(portion.size.value).toBe(first)
    portion.reach(first)
    expect(portion.size.value).toBeGreaterThan(first)
    scope.stop()
  })
})
