import { computed, type ComputedRef } from 'vue'
import type { DispatchSession } from '@/session/session'
import type { Note, Talk } from '@/state/voice/talk'
import { useWords } from './words'

export type TalkLook = 'idle' | 'requesting' | 'queued' | 'granted' | 'taken' | 'denied' | 'off'

export interface TalkView { look: TalkLook; label: string; hint: string }

export function useTalkWords() {
  const { t } = useWords()

  function noteText(note: Note): string {
    if (note.kind === 'denied') {
      if (note.cause === 1 && note.talker) return t('talk.note.takenBy', { name: note.talker })
      return t(`talk.denied.${[1, 2, 3, 4, 5, 6, 7].includes(note.cause) ? note.cause : 255}`)
    }
    if (note.kind === 'revoked') return t(`talk.revoked.${[1, 2, 3, 4, 6].includes(note.cause) ? note.cause : 255}`)
    return t(`talk.note.${note.kind}`)
  }

  function lookOf(talk: Talk): TalkLook | undefined {
    switch (talk.name) {
      case 'asking':
        return talk.again ? 'granted' : 'requesting'
      case 'queued':
        return 'queued'
      case 'talking':
        return 'granted'
      case 'ending':
        return undefined
      case 'idle':
        return talk.note ? 'denied' : undefined
    }
  }

  return { noteText, lookOf }
}

/** What the talk button says: 按住说话, 请求中, 可讲话, 排队第 2, 被占用：张三. */
export function useTalkView(session: DispatchSession, idleHint: () => string): ComputedRef<TalkView> {
  const { t } = useWords()
  const { noteText, lookOf } = useTalkWords()

  return computed(() => {
    const talk = session.talk.talk.value
    const look = lookOf(talk)
    if (look === 'requesting') return { look, label: t('talk.asking'), hint: t('talk.askingHint') }
    if (look === 'granted') {
      const order = 'how' in talk && talk.how.order
      const lost = talk.name === 'talking' && talk.lostAt !== undefined
      return { look, label: t(order ? 'talk.grantedOrder' : 'talk.granted'), hint: t(lost ? 'talk.lostHint' : 'talk.grantedHint') }
    }
    if (talk.name === 'queued') return { look: 'queued', label: t('talk.queued', { position: talk.position, size: talk.size }), hint: t('talk.queuedHint') }
    if (talk.name === 'idle' && talk.note) return { look: 'denied', label: noteText(talk.note), hint: t('talk.again') }
    return whileIdle()
  })

  function whileIdle(): TalkView {
    if (session.phase.value.name !== 'open') return { look: 'off', label: t('talk.offline'), hint: t('talk.offlineHint') }
    const mic = session.mic.state.value
    if (mic.name === 'trouble') return { look: 'off', label: t('talk.noMic'), hint: t(`device.short.${mic.trouble}`) }
    const target = session.talk.target.value
    if (!target) return { look: 'off', label: t('talk.noGroup'), hint: t('talk.noGroupHint') }
    const floor = session.talk.targets.value.map((call) => session.talk.floorOf(call)).find((held) => held && held.talker.user !== session.state.value.me?.id)
    if (!floor) return { look: 'idle', label: t('talk.hold'), hint: idleHint() }
    const hint = !floor.mayRequest ? 'talk.listenHint' : session.may('floor.override') ? 'talk.overrideHint' : 'talk.takenHint'
    return { look: 'taken', label: t('talk.taken', { name: floor.talker.name }), hint: t(hint) }
  }
}
