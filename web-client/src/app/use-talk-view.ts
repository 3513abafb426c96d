import { computed, type ComputedRef } from 'vue'
import type { DispatchSession } from '@/session/session'
import { useWords } from './words'

export type TalkLook = 'idle' | 'requesting' | 'queued' | 'granted' | 'taken' | 'denied' | 'off'

export interface TalkView { look: TalkLook; label: string; hint: string }

/** What the talk button says: 按住说话, 请求中, 可讲话, 排队第 2, 被占用：张三. */
export function useTalkView(session: DispatchSession, idleHint: () => string): ComputedRef<TalkView> {
  const { t } = useWords()

  function noteText(note: { kind: string; cause?: number; talker?: string }): string {
    if (note.kind === 'denied') {
      if (note.cause === 1 && note.talker) return t('talk.note.takenBy', { name: note.talker })
      return t(`talk.denied.${[1, 2, 3, 4, 5, 6, 7].includes(note.cause ?? 255) ? note.cause : 255}`)
    }
    if (note.kind === 'revoked') return t(`talk.revoked.${[1, 2, 3, 4, 6].includes(note.cause ?? 255) ? note.cause : 255}`)
    return t(`talk.note.${note.kind}`)
  }

  return computed(() => {
    const talk = session.talk.talk.value
    const model = session.state.value
    switch (talk.name) {
      case 'asking':
        return { look: 'requesting', label: t('talk.asking'), hint: t('talk.askingHint') }
      case 'queued':
        return { look: 'queued', label: t('talk.queued', { position: talk.position }), hint: t('talk.queuedHint') }
      case 'talking':
        return { look: 'granted', label: t('talk.granted'), hint: t('talk.grantedHint') }
      case 'ending':
      case 'idle':
    }
    if (talk.name === 'idle' && talk.note) return { look: 'denied', label: noteText(talk.note), hint: t('talk.again') }
    if (session.phase.value.name !== 'open') return { look: 'off', label: t('talk.offline'), hint: t('talk.offlineHint') }
    const mic = session.talk.mic.value
    if (mic.name === 'trouble') return { look: 'off', label: t('talk.noMic'), hint: t(`device.short.${mic.trouble}`) }
    const target = session.talk.target.value
    if (!target) return { look: 'off', label: t('talk.noGroup'), hint: t('talk.noGroupHint') }
    const floor = session.talk.floorOf(target)
    if (floor && floor.talker.user !== model.me?.id) {
      return { look: 'taken', label: t('talk.taken', { name: floor.talker.name }), hint: t('talk.takenHint') }
    }
    return { look: 'idle', label: t('talk.hold'), hint: idleHint() }
  })
}
