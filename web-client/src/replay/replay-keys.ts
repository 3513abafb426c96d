import { listenForShortcuts } from '@/ui/keys'
import type { ReplayDesk } from './replay-desk'

type Shortcut = ReturnType<Parameters<typeof listenForShortcuts>[0]>[number]

/** The keys by which a replay is played. */
export function listenForKeys(desk: ReplayDesk, ...more: Shortcut[]): () => void {
  return listenForShortcuts(() => [
    { key: 'Space', run: (event) => (event.preventDefault(), desk.toggle()) },
    { key: 'j', run: () => desk.event(-1) }, { key: 'l', run: () => desk.event(1) },
    { key: 'ArrowLeft', run: (event) => (event.preventDefault(), desk.move(event.shiftKey ? -60_000 : -5_000)) }, { key: 'ArrowRight', run: (event) => (event.preventDefault(), desk.move(event.shiftKey ? 60_000 : 5_000)) },
    { key: 'Home', run: () => desk.seek(desk.span.value.from) }, { key: 'End', run: () => desk.seek(desk.span.value.until) },
    { key: '+', run: () => desk.faster(1) }, { key: '=', run: () => desk.faster(1) }, { key: '-', run: () => desk.faster(-1) },
    ...more,
  ])
}
