// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { inputName, listenForHolds, listenForShortcuts, nameOf } from './keys'

let log: string[] = []
let learned: string[] = []
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
  learned = []
  stop = listenForHolds({
    press: (name, shift) => log.push(`press ${shift ? 'shift ' : ''}${name}`),
    letGo: (name) => log.push(`let go ${name}`),
    letGoAll: () => log.push('let go all'),
    tap: (name) => log.push(`tap ${name}`),
    slow: ['1', '2', '3', 'o'],
    learned: () => learned,
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

describe('a slow key', () => {
  it('talks only when it stays down', () => {
    key('keydown', 'Digit2')
    key('keyup', 'Digit2')
    vi.advanceTimersByTime(500)
    expect(log).toEqual(['tap 2'])
    key('keydown', 'KeyO')
    vi.advanceTimersByTime(200)
    key('keyup', 'KeyO')
    expect(log.slice(1)).toEqual(['press o', 'let go o'])
  })

  it('is forgotten when the window is left before it counts', () => {
    key('keydown', 'KeyO')
    window.dispatchEvent(new Event('blur'))
    vi.advanceTimersByTime(500)
    key('keyup', 'KeyO')
    expect(log).toEqual(['let go all'])
  })
})

describe('the Shift key', () => {
  it('is told with the talk key, and may be let go first', () => {
    key('keydown', 'Space', { shiftKey: true })
    key('keyup', 'Space')
    expect(log).toEqual(['press shift Space', 'let go Space'])
  })

  it('leaves a digit the digit that it is', () => {
    expect(nameOf(new KeyboardEvent('keydown', { code: 'Digit1', key: '!' }))).toBe('1')
    expect(nameOf(new KeyboardEvent('keydown', { code: 'Numpad4', key: '4' }))).toBe('4')
  })
})

describe('a learned key', () => {
  beforeEach(() => void (learned = ['code:F13', 'code:KeyB', 'button:3']))

  it('talks while it is held, also while somebody types, if it writes nothing', () => {
    const field = document.querySelector('#field')!
    const down = key('keydown', 'F13', { key: 'F13' }, field)
    key('keyup', 'F13', { key: 'F13' }, field)
    expect([log, down.defaultPrevented]).toEqual([['press code:F13', 'let go code:F13'], true])
    key('keydown', 'KeyB', {}, field)
    expect(log).toHaveLength(2)
    key('keydown', 'KeyB')
    expect(log.at(-1)).toBe('press code:KeyB')
  })

  it('may be a button of the mouse', () => {
    const down = new MouseEvent('mousedown', { button: 3, bubbles: true, cancelable: true })
    document.body.dispatchEvent(down)
    document.body.dispatchEvent(new MouseEvent('mouseup', { button: 3, bubbles: true, cancelable: true }))
    document.body.dispatchEvent(new MouseEvent('mousedown', { button: 4, bubbles: true }))
    expect([log, down.defaultPrevented]).toEqual([['press button:3', 'let go button:3'], true])
  })

  it('has a name even where the device gives it no code', () => {
    expect(inputName(new KeyboardEvent('keydown', { code: '', key: 'MediaPlayPause' }))).toBe('key:MediaPlayPause')
    expect(inputName(new KeyboardEvent('keydown', { code: '', key: 'Unidentified' }))).toBeUndefined()
    expect(inputName(new MouseEvent('mousedown', { button: 0 }))).toBeUndefined()
  })
})

describe('shortcuts', () => {
  it('rest while somebody types, and fire elsewhere', () => {
    const run = vi.fn()
    const end = listenForShortcuts(() => [{ key: 'o', run }])
    key('keydown', 'KeyO', {}, document.querySelector('#field')!)
    key('keydown', 'KeyO', { isComposing: true })
    expect(run).not.toHaveBeenCalled()
    key('keydown', 'KeyO', { ctrlKey: true })
    key('keydown', 'KeyO')
    expect(run).toHaveBeenCalledOnce()
    end()
  })

  it('may allow the control key', () => {
    const run = vi.fn()
    const end = listenForShortcuts(() => [{ key: '2', run, withControl: true }])
    key('keydown', 'Digit2', { ctrlKey: true })
    expect(run).toHaveBeenCalledOnce()
    end()
  })
})
