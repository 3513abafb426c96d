/** One key and what it does. `key` is KeyboardEvent.key, or `Space`, or a digit. */
export interface Shortcut { key: string; run(event: KeyboardEvent): void; whenTyping?: boolean }

/** True while the person is writing Chinese and the keys belong to the input method. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229
}

/** True where keys have a meaning of their own: fields, buttons, dialogs. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable], dialog') !== null
}

function wantsSpace(target: EventTarget | null, clicked: EventTarget | null): boolean {
  if (!(target instanceof Element) || isTyping(target)) return isTyping(target)
  // A button that was clicked keeps the focus, but the hand is on the mouse: the space bar is free to talk.
  return target.closest('button, a, summary') !== null && target !== clicked
}

export function nameOf(event: KeyboardEvent): string {
  return event.code === 'Space' ? 'Space' : event.key
}

/** Listens on the whole page. Returns how to stop. */
export function listenForShortcuts(shortcuts: () => readonly Shortcut[], page: Window = window): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (isComposing(event) || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return
    const name = nameOf(event)
    for (const { key, run, whenTyping } of shortcuts()) {
      if (key.toLowerCase() !== name.toLowerCase() || (!whenTyping && isTyping(event.target))) continue
      run(event)
      return
    }
  }
  page.addEventListener('keydown', onKey)
  return () => page.removeEventListener('keydown', onKey)
}

export interface HoldKey {
  /** Which target this key talks to; undefined when the key means nothing here. */
  press(key: string): boolean
  letGo(key: string): void
  /** Window left or page hidden: nothing is held any more. */
  letGoAll(): void
}

const LONG_HOLD_MS = 180

/**
 * Keys that talk while they are held. Space talks at once; a digit chooses its group first and
 * talks when it stays down. Never while somebody types, never for the input method's keys.
 */
export function listenForHolds(keys: HoldKey, page: Window = window): () => void {
  const pending = new Map<string, ReturnType<typeof setTimeout>>()
  const down = new Set<string>()
  let byPointer = false
  let clicked: EventTarget | null = null

  const onPointer = (): void => void (byPointer = true)
  const onFocus = (event: FocusEvent): void => void (clicked = byPointer ? event.target : null)
  const onDown = (event: KeyboardEvent): void => {
    byPointer = false
    const name = nameOf(event)
    if (event.defaultPrevented || (name !== 'Space' && !/^[1-9]$/.test(name))) return
    if (isComposing(event) || event.ctrlKey || event.altKey || event.metaKey) return
    // A focused button wants its own space bar.
    if (name === 'Space' ? wantsSpace(event.target, clicked) : isTyping(event.target)) return
    if (name === 'Space') event.preventDefault()
    if (event.repeat || down.has(event.code)) return
    down.add(event.code)
    if (name === 'Space') return void keys.press(name)
    pending.set(event.code, setTimeout(() => keys.press(name), LONG_HOLD_MS))
  }
  const onUp = (event: KeyboardEvent): void => {
    if (!down.delete(event.code)) return
    if (event.code === 'Space') event.preventDefault()
    clearTimeout(pending.get(event.code))
    pending.delete(event.code)
    keys.letGo(nameOf(event))
  }
  const letGoAll = (): void => {
    for (const timer of pending.values()) clearTimeout(timer)
    pending.clear()
    down.clear()
    keys.letGoAll()
  }
  const onHidden = (): void => {
    if (page.document.visibilityState === 'hidden') letGoAll()
  }
  page.addEventListener('pointerdown', onPointer, true)
  page.addEventListener('focusin', onFocus)
  page.addEventListener('keydown', onDown)
  page.addEventListener('keyup', onUp)
  page.addEventListener('blur', letGoAll)
  page.document.addEventListener('visibilitychange', onHidden)
  return () => {
    letGoAll()
    page.removeEventListener('pointerdown', onPointer, true)
    page.removeEventListener('focusin', onFocus)
    page.removeEventListener('keydown', onDown)
    page.removeEventListener('keyup', onUp)
    page.removeEventListener('blur', letGoAll)
    page.document.removeEventListener('visibilitychange', onHidden)
  }
}
