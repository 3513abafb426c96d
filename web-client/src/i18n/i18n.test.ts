// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { computed } from 'vue'
import { addWords, firstLocale, locale, setLocale, t } from './index'

afterEach(() => {
  localStorage.clear()
  locale.value = 'zh-CN'
})

describe('the words', () => {
  it('have holes that are filled, and nothing else that is special', () => {
    addWords({ probe: { one: '{a} 与 {b}，共 {n}', two: '@:x | {a}' } })
    expect(t('probe.one', { a: '甲', b: '乙', n: 2 })).toBe('甲 与 乙，共 2')
    expect(t('probe.one')).toBe(' 与 ，共 ')
    expect(t('probe.two', { a: '$&' })).toBe('@:x | $&')
  })

  it('that are not there show their key', () => {
    expect(t('probe.none')).toBe('probe.none')
  })

  it('change with the language, and when more are learned, wherever they stand', async () => {
    const title = computed(() => `${t('action.ok')} ${t('probe.late')}`)
    expect(title.value).toBe('知道了 probe.late')
    addWords({ probe: { late: '迟' } })
    expect(title.value).toBe('知道了 迟')
    await setLocale('en')
    expect(title.value).toBe('OK 迟')
    expect([document.documentElement.lang, firstLocale()]).toEqual(['en', 'en'])
  })
})
