import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import type { Alert, ServerMessage } from '@/protocol/messages'
import { select, targetsOf } from '@/state/voice/selection'
import type { Wiring } from './wiring'

/**
 * Whom the talk key speaks to: as chosen by hand, and for as long as they last, a private call and
 * our own call for help take the key over.
 */
export class Targets {
  /** The groups and private calls as chosen by hand. */
  readonly chosen: ShallowRef<readonly string[]> = shallowRef([])
  readonly all: ComputedRef<readonly string[]>
  private beforeCall: readonly string[] = []
  private helping: { alert: string; group: string; before: readonly string[] } | undefined

  constructor(private readonly wiring: Wiring) {
    this.all = computed(() => targetsOf(this.wiring.model(), this.chosen.value))
  }

  /** `several` adds to what is chosen or takes away from it. */
  choose(id: string, several: boolean): void {
    this.chosen.value = select(several ? this.all.value : [], id, several)
  }

  received(message: ServerMessage): void {
    switch (message.type) {
      case 'call.opened':
        if (!message.oneAtATime) return
        if (!this.wiring.model().calls[this.chosen.value[0] ?? '']) this.beforeCall = this.chosen.value
        this.chosen.value = [message.call]
        return
      case 'call.closed':
        if (this.chosen.value.includes(message.call)) this.chosen.value = this.beforeCall
        return
      case 'alert.changed':
        return this.followAlert(message.alert)
    }
  }

  /** Who calls for help speaks to those who were called, until it is over. */
  private followAlert({ id, unit, group, phase }: Alert): void {
    const open = phase === 'pending' || phase === 'active'
    if (open && group && unit === this.wiring.model().me?.unit && this.helping?.alert !== id) {
      this.helping = { alert: id, group, before: this.helping?.before ?? this.chosen.value }
      this.chosen.value = [group]
    } else if (!open && this.helping?.alert === id) {
      if (this.chosen.value[0] === this.helping.group) this.chosen.value = this.helping.before
      this.helping = undefined
    }
  }
}
