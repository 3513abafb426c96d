/** One key and what it does. `key` is KeyboardEvent.key, or `Space`, or a digit. */
export interface Shortcut { key: string; run(event: KeyboardEvent): void; whenTyping?: boolean; withControl?: boolean }

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

/** Digits are the same key with Shift and on the number pad. */
export function nameOf(event: KeyboardEvent): string {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)
  if (digit) return digit[1]!
  return event.code === 'Space' ? 'Space' : event.key
}

/** Listens on the whole page. Returns how to stop. */
export function listenForShortcuts(shortcuts: () => readonly Shortcut[], page: Window = window): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (isComposing(event) || event.repeat || event.altKey || event.metaKey || event.defaultPrevented) return
    const name = nameOf(event)
    for (const { key, run, whenTyping, withControl } of shortcuts()) {
      if (key.toLowerCase() !== name.toLowerCase() || (!whenTyping && isTyping(event.target))) continue
      if (event.ctrlKey && !withControl) continue
      run(event)
      return
    }
  }
  page.addEventListener('keydown', onKey)
  return () => page.removeEventListener('keydown', onKey)
}

export interface HoldKeys {
  /** `shift`: it was pressed with the Shift key. */
  press(key: string, shift: boolean): void
  letGo(key: string): void
  /** Window left or page hidden: nothing is held any more. */
  letGoAll(): void
  /** Keys that talk only when they stay down, since a short touch means something else. */
  readonly slow: readonly string[]
  /** A slow key that was let go at once. */
  tap?(key: string): void
  /** Keys and buttons that were learned: foot switches, headsets. See `inputName`. */
  learned(): readonly string[]
}

const LONG_HOLD_MS = 180

/** What a foot switch or headset key is called, whatever device it pretends to be. */
export function inputName(event: KeyboardEvent | MouseEvent): string | undefined {
  if (event.type.startsWith('mouse')) return (event as MouseEvent).button > 0 ? `button:${(event as MouseEvent).button}` : undefined
  const { code, key } = event as KeyboardEvent
  if (code) return `code:${code}`
  return key && key !== 'Unidentified' && key !== 'Process' ? `key:${key}` : undefined
}

/**
 * Keys that talk while they are held. Space talks at once; a digit chooses its group first and
 * talks when it stays down. Never while somebody types, never for the input method's keys; only a
 * learned key that writes nothing talks there as well.
 */
export function listenForHolds(keys: HoldKeys, page: Window = window): () => void {
  const pending = new Map<string, ReturnType<typeof setTimeout>>()
  const down = new Map<string, string>()
  let byPointer = false
  let clicked: EventTarget | null = null

  const onPointer = (): void => void (byPointer = true)
  const onFocus = (event: FocusEvent): void => void (clicked = byPointer ? event.target : null)
  const isLearned = (event: KeyboardEvent | MouseEvent): string | undefined => {
    const name = inputName(event)
    return name && keys.learned().includes(name) ? name : undefined
  }
  const holdNow = (id: string, name: string, shift: boolean): void => {
    down.set(id, name)
    keys.press(name, shift)
  }
  const onDown = (event: KeyboardEvent): void => {
    byPointer = false
    if (event.defaultPrevented || isComposing(event) || event.ctrlKey || event.altKey || event.metaKey) return
    const learned = isLearned(event)
    if (learned && !(event.key.length === 1 && isTyping(event.target))) {
      event.preventDefault()
      if (!event.repeat && !down.has(learned)) holdNow(learned, learned, event.shiftKey)
      return
    }
    const name = nameOf(event)
    const slow = keys.slow.includes(name.toLowerCase())
    if (name !== 'Space' && !slow) return
    // A focused button wants its own space bar.
    if (name === 'Space' ? wantsSpace(event.target, clicked) : isTyping(event.target)) return
    if (name === 'Space') event.preventDefault()
    if (event.repeat || down.has(event.code)) return
    if (!slow) return holdNow(event.code, name, event.shiftKey)
    down.set(event.code, name)
    pending.set(event.code, setTimeout(() => (pending.delete(event.code), keys.press(name.toLowerCase(), event.shiftKey)), LONG_HOLD_MS))
  }
  const end = (id: string): void => {
    const name = down.get(id)
    if (name === undefined || !down.delete(id)) return
    if (!pending.has(id)) return keys.letGo(keys.slow.includes(name.toLowerCase()) ? name.toLowerCase() : name)
    clearTimeout(pending.get(id))
    pending.delete(id)
    keys.tap?.(name.toLowerCase())
  }
  const onUp = (event: KeyboardEvent): void => {
    const learned = isLearned(event)
    if (event.code === 'Space' && down.has('Space')) event.preventDefault()
    end(learned && down.has(learned) ? learned : event.code)
  }
  const onMouse = (event: MouseEvent): void => {
    const learned = isLearned(event)
    if (!learned) return
    // The browser would go back a page.
    event.preventDefault()
    if (event.type === 'mouseup') end(learned)
    else if (!down.has(learned)) holdNow(learned, learned, event.shiftKey)
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
  const listeners: [EventTarget, string, (event: never) => void, boolean?][] = [
    [page, 'pointerdown', onPointer, true], [page, 'focusin', onFocus], [page, 'keydown', onDown], [page, 'keyup', onUp], [page, 'mousedown', onMouse],
    [page, 'mouseup', onMouse], [page, 'blur', letGoAll], [page.document, 'visibilitychange', onHidden],
  ]
  for (const [target, type, run, capture] of listeners) target.addEventListener(type, run as EventListener, capture ?? false)
  return () => {
    letGoAll()
    for (const [target, type, run, capture] of listeners) target.removeEventListener(type, run as EventListener, capture ?? false)
  }
}
