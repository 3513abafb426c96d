import { expect, it } from 'vitest'
import { firstWords } from './first-words'

it('a title is the first sentence, cut where a list ends and never within a sign', () => {
  expect(firstWords('井盖缺失。有人差点掉下去', 40)).toBe('井盖缺失')
  expect(firstWords('  两家争吵\n在门口 ', 40)).toBe('两家争吵')
  expect(firstWords('一二三四五六', 4)).toBe('一二三…')
  expect(firstWords('🚒🚒🚒🚒', 3)).toBe('🚒🚒…')
})
