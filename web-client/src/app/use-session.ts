import { inject, onBeforeUnmount, onMounted, provide, watch } from 'vue'
import { letterStore } from '@/connection/durable'
import { tokenStillGood } from '@/connection/door/still-good'
import { locale } from '@/i18n'
import type { Device } from '@/protocol/messages'
import { DispatchSession } from '@/session/session'
import { SESSION, SESSION_OPENED } from '@/session/wiring'
import { playTone } from '@/ui/tones'
import { account, forget } from './account'
import { preferences } from './preferences'
import { nodeMemory } from './node-memory'
import { go, route } from './route'

/** Opens the session of the person signed in, for as long as the screen is there. */
export function openSession(device: Device, voiceSlots: number, tiles: number): DispatchSession {
  const who = account.value!
  const session = new DispatchSession({
    origin: location.origin,
    memory: nodeMemory,
    token: who.token,
    user: who.user.id,
    device,
    locale: locale.value,
    voiceSlots,
    tiles,
    store: letterStore(),
    play: playTone,
    tokenStillGood: (origin) => tokenStillGood(origin, who.token),
  })
  if (preferences.value.ring) session.calls.mode.value = 'manual'
  provide(SESSION, session)
  inject(SESSION_OPENED, undefined)?.(session)
  onMounted(() => session.start())
  onBeforeUnmount(() => session.stop())
  watch(session.phase, (phase) => {
    if (phase.name !== 'ended' || phase.why !== 'expired') return
    const query = new URLSearchParams(route.value.query)
    query.set('next', route.value.path)
    query.set('why', 'expired')
    go('/', query)
    forget()
  })
  return session
}

export function useSession(): DispatchSession {
  const session = inject(SESSION)
  if (!session) throw new Error('no session around this component')
  return session
}

export function signOut(): void {
  forget()
  go('/')
}
