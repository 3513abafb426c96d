import { inject, shallowRef, type InjectionKey, type ShallowRef } from 'vue'
import type { Shown } from '@/protocol/messages'
import type { DispatchSession } from '@/session/session'

export const SHOWN: InjectionKey<ShownDesk> = Symbol('shown')

/** Pictures of others that this room is shown for an incident: one stream each, and nothing else of the unit. */
export class ShownDesk {
  readonly shown: ShallowRef<readonly Shown[]> = shallowRef([])

  constructor(session: DispatchSession) {
    session.listeners.add((message) => {
      if (message.type === 'snapshot') this.shown.value = message.shown ?? []
      if (message.type === 'live.shown') this.shown.value = [...this.without(message.shown.id), message.shown]
      if (message.type === 'live.hidden') this.shown.value = this.without(message.id)
    })
  }

  of(unit: string | undefined): Shown | undefined {
    return this.shown.value.find((one) => one.unit === unit)
  }

  private without(id: string): Shown[] {
    return this.shown.value.filter((one) => one.id !== id)
  }
}

export function useShown(): ShownDesk {
  const desk = inject(SHOWN)
  if (!desk) throw new Error('no shown pictures around this component')
  return desk
}
