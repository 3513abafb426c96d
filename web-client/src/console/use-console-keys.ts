import { onBeforeUnmount, onMounted } from 'vue'
import { listenForTalkKeys } from '@/app/use-hold'
import type { DispatchSession } from '@/session/session'
import { ringingHere } from '@/state/calls'
import { openAlerts } from '@/state/field'
import { groupsForTalk } from '@/state/units'
import { visibleCells } from '@/state/wall'
import { listenForShortcuts, type Shortcut } from '@/ui/keys'
import type { WallDesk } from './wall/wall-desk'

export interface ConsoleActs {
  search(): void
  help(): void
  order(): void
  call(): void
  unselect(): void
  nearest(): void
  make(): void
  confer(): void
  centre(what: 'map' | 'wall' | 'incident' | 'figures' | 'duty' | 'lists'): void
  left(what: 'incidents' | 'units'): void
}

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9']

/** The console's keyboard: single letters and digits, and the keys that talk. */
export function useConsoleKeys(session: DispatchSession, wall: WallDesk, acts: ConsoleActs): void {
  const focusedCell = (): number => (visibleCells(wall.wall.value).includes(wall.wall.value.focus) ? wall.wall.value.focus : 0)
  const groupOf = (digit: string): string | undefined => groupsForTalk(session.model())[Number(digit) - 1]?.id
  const choose = (digit: string, several: boolean): void => {
    const group = groupOf(digit)
    if (group) session.talk.choose(group, several)
  }
  const answer = (): void => {
    const call = ringingHere(session.model())[0]
    if (call) session.calls.answer(call.call)
  }
  const silence = (): void => openAlerts(session.model()).forEach(({ id }) => session.alerts.silence(id))

  const shortcuts: Shortcut[] = [
    { key: '/', run: (event) => (event.preventDefault(), acts.search()) },
    { key: '?', run: acts.help },
    { key: 'c', run: acts.call },
    { key: 'n', run: (event) => (event.preventDefault(), acts.nearest()) },
    { key: 'p', run: (event) => (event.preventDefault(), acts.make()) },
    { key: 'i', run: () => acts.left('incidents') },
    { key: 'u', run: () => acts.left('units') },
    { key: 'F1', whenTyping: true, run: (event) => (event.preventDefault(), acts.centre('map')) },
    { key: 'F2', whenTyping: true, run: (event) => (event.preventDefault(), acts.centre('wall')) },
    { key: 'F4', whenTyping: true, run: (event) => (event.preventDefault(), acts.centre('incident')) },
    { key: 'F6', whenTyping: true, run: (event) => (event.preventDefault(), acts.confer()) },
    { key: 'F8', whenTyping: true, run: (event) => (event.preventDefault(), acts.centre('figures')) },
    { key: 'F9', whenTyping: true, run: (event) => (event.preventDefault(), acts.centre('duty')) },
    { key: 'F10', whenTyping: true, run: (event) => (event.preventDefault(), acts.centre('lists')) },
    { key: 'a', run: answer },
    { key: 's', run: silence },
    { key: 'l', run: () => wall.layout(({ 1: 4, 4: 9, 9: 1 } as const)[wall.wall.value.layout]) },
    { key: 'm', run: () => wall.toggleSound(focusedCell()) },
    { key: 'x', run: () => wall.close(focusedCell()) },
    { key: '[', run: () => wall.moveFocus(-1) },
    { key: ']', run: () => wall.moveFocus(1) },
    { key: 'Escape', run: acts.unselect },
    ...DIGITS.map((digit): Shortcut => ({ key: digit, withControl: true, run: (event) => (event.preventDefault(), choose(digit, event.ctrlKey || event.shiftKey)) })),
  ]

  let stop: (() => void)[] = []
  onMounted(() => {
    stop = [
      // The keys that talk come first: a digit with nothing held beside it stays free for them.
      listenForTalkKeys(session, {
        slow: [...DIGITS, 'o'],
        tap: (key) => key === 'o' && acts.order(),
        press: (key, source) => {
          if (key === 'o') return session.may('dispatch') ? session.talk.press(source, { order: 'yellow' }) : acts.order()
          const group = groupOf(key)
          if (group) session.talk.press(source, { calls: [group] })
        },
      }),
      listenForShortcuts(() => shortcuts),
    ]
  })
  onBeforeUnmount(() => stop.forEach((end) => end()))
}
