import { computed, inject, onBeforeUnmount, onMounted, shallowRef, type ComputedRef, type InjectionKey } from 'vue'
import { DutyApi } from '@/connection/duty'
import { RestRefusal } from '@/connection/rest'
import { t } from '@/i18n'
import type { Shift } from '@/protocol/duty'
import type { DispatchSession } from '@/session/session'

export const DUTY: InjectionKey<DutyDesk> = Symbol('duty')
const LOOK_EVERY_MS = 60_000

/** Figures and rosters for this person, and who is on duty in the own room now. */
export class DutyDesk {
  readonly api: DutyApi
  readonly onDuty = shallowRef<readonly Shift[]>([])
  /** The room that this person sits in, as a place of the tree. */
  readonly node: ComputedRef<string | undefined>
  readonly isCentre: ComputedRef<boolean>
  private timer: ReturnType<typeof setInterval> | undefined

  constructor(private readonly session: DispatchSession, token: string) {
    this.api = new DutyApi(() => session.link.at, token)
    this.node = computed(() => {
      const { me, units } = session.state.value
      return me?.unit === undefined ? undefined : units[me.unit]?.node
    })
    this.isCentre = computed(() => this.node.value !== undefined && session.state.value.nodes[this.node.value]?.parent === undefined)
    session.listeners.add((message) => void (message.type === 'snapshot' && this.look()))
  }

  get mayRead(): boolean {
    return ['command', 'supervise', 'appraise'].some((right) => this.session.may(right))
  }

  get maySeeOutbox(): boolean {
    return this.session.may('admin') || (this.isCentre.value && this.session.may('command'))
  }

  start(): void {
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS)
  }

  stop(): void {
    clearInterval(this.timer)
  }

  async look(): Promise<void> {
    if (!this.mayRead) return
    try {
      this.onDuty.value = (await this.api.now()).shifts.filter(({ node }) => node === this.node.value)
    } catch {
      // the next look tells; who was on duty a minute ago is not wrong yet
    }
  }
}

export function openDuty(session: DispatchSession, token: string): DutyDesk {
  const desk = new DutyDesk(session, token)
  onMounted(() => desk.start())
  onBeforeUnmount(() => desk.stop())
  return desk
}

export function useDuty(): DutyDesk {
  const desk = inject(DUTY)
  if (!desk) throw new Error('no duty around this component')
  return desk
}

const CODES = [
  'shift-ends-before-it-begins', 'shift-too-long', 'shift-too-far-away', 'same-person', 'taken-already', 'version-conflict', 'malformed', 'too-large', 'sheet-formula-cell', 'sheet-malformed-cell', 'sheet-column-missing',
  'sheet-no-lines', 'sheet-unreadable', 'sheet-implausible-time', 'sheet-too-many-lines', 'sheet-too-large', 'unsupported-media-type',
]

/** Why something was not done, in words. */
export function whyText(error: unknown, refusal: (code: string) => string): string {
  if (!(error instanceof RestRefusal)) return refusal('internal')
  const { who, line } = error.details
  return CODES.includes(error.code) ? t(`dutyCode.${error.code}`, { who: String(who ?? ''), line: String(line ?? '') }) : refusal(error.code)
}
