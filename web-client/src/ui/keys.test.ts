// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { listenForHolds, listenForShortcuts } from './keys'

let log: string[] = []
let stop: () => void = () => {}

function key(type: 'keydown' | 'keyup', code: string, more: KeyboardEventInit = {}, target: EventTarget = document.body): KeyboardEvent {
  const event = new KeyboardEvent(type, { code, key: code === 'Space' ? ' ' : code.replace(/^(Digit|Key)/, '').toLowerCase(), bubbles: true, cancelable: true, ...more })
  target.dispatchEvent(event)
  return event
}

beforeEach(() => {
  vi.useFakeTimers()
  log = []
  document.body.innerHTML = '<input id="field"><button id="button">x</button>'
  stop = listenForHolds({
    press: (name) => (log.push(`press ${name}`), true),
    letGo: (name) => log.push(`let go ${name}`),
    letGoAll: () => log.push('let go all'),
  })
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

describe('the space bar', () => {
  it('talks while it is held, whatever the keyboard repeats', () => {
    key('keydown', 'Space')
    key('keydown', 'Space', { repeat: true })
    key('keyup', 'Space')
    expect(log).toEqual(['press Space', 'let go Space'])
  })

  it('belongs to fields and focused buttons where there are some', () => {
    key('keydown', 'Space', {}, document.querySelector('#field')!)
    key('keydown', 'Space', {}, document.querySelector('#button')!)
    expect(log).toEqual([])
  })

  it('talks again when the button was only clicked', () => {
    const button = document.querySelector<HTMLElement>('#button')!
    button.dispatchEvent(new Event('pointerdown', { bubbles: true }))
    button.focus()
    button.dispatchEvent(new FocusEvent('focusin', { bubbles: true }))
    key('keydown', 'Space', {}, button)
    expect(log).toEqual(['press Space'])
  })

  it('leaves the input method alone', () => {
    key('keydown', 'Space', { isComposing: true })
    key('keydown', 'Space', { keyCode: 229 } as KeyboardEventInit)
    expect(log).toEqual([])
  })

  it('means nothing with another key held', () => {
    key('keydown', 'Space', { ctrlKey: true })
    expect(log).toEqual([])
  })

  it('is let go when the window loses the focus or is hidden', () => {
    key('keydown', 'Space')
    window.dispatchEvent(new Event('blur'))
    key('keyup', 'Space')
    expect(log).toEqual(['press Space', 'let go all'])
  })
})

describe('a digit', () => {
  it('talks only when it stays down', () => {
    key('keydown', 'Digit2')
    key('keyup', 'Digit2')
    vi.advanceTimersByTime(500)
    expect(log).toEqual(['let go 2'])
    key('keydown', 'Digit3')
    vi.advanceTimersByTime(200)
    expect(log.at(-1)).toBe('press 3')
  })
})

describe('shortcuts', () => {
  it('rest while somebody types, and fire elsewhere', () => {
    const run = vi.fn()
    const end = listenForShortcuts(() => [{ key: 'o', run }])
    key('keydown', 'KeyO', {}, document.querySelector('#field')!)
    key('keydown', 'KeyO', { isComposing: true })
    expect(run).not.toHaveBeenCalled()
    key('keydown', 'KeyO')
    expect(run).toHaveBeenCalledOnce()
    end()
  })
})
