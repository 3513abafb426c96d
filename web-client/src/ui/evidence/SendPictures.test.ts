// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { addWords } from '@/i18n'
import words from '@/i18n/zh/evidence'
import SendPictures, { type SentPicture } from './SendPictures.vue'

addWords(words)

const photo = (name = 'a.jpg'): File => new File(['x'], name, { type: 'image/jpeg' })
const video = (): File => new File(['x'], 'a.mp4', { type: 'video/mp4' })
const item = (id: string, state: string, more: Partial<SentPicture> = {}): SentPicture => ({ id, name: id, video: false, bytes: 200, sent: 0, state, ...more })

function rig(items: SentPicture[], props: { most?: number; mixed?: boolean; closed?: boolean } = {}) {
  const page = mount(SendPictures, { props: { items, most: 4, ...props } })
  const choose = async (...files: File[]): Promise<unknown> => {
    const input = page.find('[data-testid="picture-choose"]')
    Object.defineProperty(input.element, 'files', { value: files, configurable: true })
    Object.defineProperty(input.element, 'value', { value: '', writable: true })
    await input.trigger('change')
    return (page.emitted('add') as File[][][] | undefined)?.at(-1)?.[0]?.map(({ name }) => name)
  }
  return { page, choose }
}

describe('what is chosen', () => {
  it('is four photos or one video, and what is too much is said', async () => {
    const { page, choose } = rig([item('1', 'held')])
    expect(await choose(photo('b'), photo('c'), photo('d'), photo('e'))).toEqual(['b', 'c', 'd'])
    expect(page.text()).toContain('多的没有加上')
    expect(await rig([]).choose(photo('b'), video())).toEqual(['b'])
    expect(await rig([]).choose(video(), video())).toEqual(['a.mp4'])
    expect(await rig([item('1', 'held')]).choose(video())).toBeUndefined()
  })

  it('may be both at a terminal', async () => {
    expect(await rig([item('1', 'arrived')], { mixed: true }).choose(video(), photo())).toEqual(['a.mp4', 'a.jpg'])
  })

  it('ends when there is enough or the matter is closed; a refused one makes room', () => {
    expect(rig([item('1', 'sending', { video: true })]).page.find('.ways').exists()).toBe(false)
    expect(rig([item('1', 'refused', { video: true })]).page.find('.ways').exists()).toBe(true)
    expect(rig([], { closed: true }).page.find('.ways').exists()).toBe(false)
  })
})

describe('how far it is', () => {
  it('is said in words, with the next step where there is one', async () => {
    const { page } = rig([
      item('1', 'sending', { sent: 101 }), item('2', 'waits', { code: 'offline' }), item('3', 'refused', { code: 'wrong-type' }), item('4', 'refused', { code: 'wrong-hash' }), item('5', 'refused', { code: 'something-new' }), item('6', 'arrived'),
    ])
    const said = page.findAll('[data-testid="picture"] .said').map((one) => one.text())
    expect(said).toEqual(['已传 50%', '没有网络，恢复后自动接着传', '文件内容不是照片或视频，请换一张。', '传输中内容有变，请再试一次。', '没有传上去，请再试一次。', '已送达'])
    expect(page.find('progress').attributes('value')).toBe('50')
    expect(page.findAll('[data-testid="picture-again"]')).toHaveLength(2)
    await page.find('[data-testid="picture-again"]').trigger('click')
    expect(page.emitted('retry')).toEqual([['4']])
    expect(page.findAll('[data-testid="picture-remove"]')).toHaveLength(5)
  })
})
