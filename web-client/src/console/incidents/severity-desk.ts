import { inject, shallowRef, watch, type InjectionKey, type ShallowRef } from 'vue'
import type { SeverityPolicy } from '@/protocol/incidents'
import type { Severity } from '@/protocol/messages'
import type { DispatchSession } from '@/session/session'
import { incidentOf } from '@/state/case/case-acts'
import { casePictures, sounding, type CasePicture, type Policies } from '@/state/case/severity'
import type { IncidentDesk } from './incident-desk'

export const SEVERITY: InjectionKey<SeverityDesk> = Symbol('severity')

const REPEAT_MS = 6_000
const ASK_AGAIN_MS = 10_000

/** Lets severities do at this seat what the server's table says: tones, pictures taken or offered, tiles of the wall. */
export class SeverityDesk {
  readonly policies: ShallowRef<Policies> = shallowRef({})
  /** Running pictures of matters that are worth a look; who is at the seat decides. */
  readonly offered: ShallowRef<readonly CasePicture[]> = shallowRef([])
  private readonly times = new Map<string, number>()
  /** Pictures that were taken, that are watched anyway, or that somebody has decided about, each until it ends. */
  private settled = new Set<string>()
  private began = false
  private timer: ReturnType<typeof setInterval> | undefined
  private askTimer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly session: DispatchSession, private readonly incidents: IncidentDesk, private readonly take: (unit: string) => void) {
    const { state } = session
    watch([incidents.incidents, this.policies], () => this.listen())
    watch([() => state.value.lives, () => state.value.orders, () => state.value.tiles, incidents.incidents, this.policies], () => this.look())
    session.listeners.add((message) => message.type === 'snapshot' && void this.ask())
  }

  stop(): void {
    clearInterval(this.timer)
    clearTimeout(this.askTimer)
  }

  /** What the picture of a unit stands for: the severity of the matter that it was ordered to last. */
  of(unit: string | undefined): SeverityPolicy | undefined {
    const found = unit === undefined ? undefined : this.incidents.find(incidentOf(this.session.state.value, unit))
    return found && this.policies.value[found.severity]
  }

  decide(picture: CasePicture, show: boolean): void {
    this.settled.add(key(picture))
    if (show) this.take(picture.unit)
    this.look()
  }

  private async ask(): Promise<void> {
    clearTimeout(this.askTimer)
    if (this.policies.value.red) return
    try {
      this.policies.value = Object.fromEntries((await this.incidents.api.severities()).map((policy) => [policy.severity, policy])) as Record<Severity, SeverityPolicy>
    } catch {
      this.askTimer = setTimeout(() => void this.ask(), ASK_AGAIN_MS)
    }
  }

  /** What waited before this page was there sounds only if it has to be answered. */
  private listen(): void {
    if (!this.incidents.loaded.value || !this.policies.value.red) return
    if (!this.began) {
      this.began = true
      this.due().filter(({ severity }) => this.policies.value[severity]?.tone !== 'untilAnswered').forEach(({ id }) => this.times.set(id, Infinity))
    }
    if (this.due().length === 0 || this.timer) return
    this.sound()
    this.timer = setInterval(() => this.sound(), REPEAT_MS)
  }

  /** One tone for all of them: a flood of reports is not a flood of noise. */
  private sound(): void {
    const due = this.due()
    if (due.length === 0) {
      clearInterval(this.timer)
      this.timer = undefined
      this.times.forEach((_, id) => this.incidents.find(id) || this.times.delete(id))
      return
    }
    due.forEach(({ id }) => this.times.set(id, (this.times.get(id) ?? 0) + 1))
    this.session.play('order')
  }

  private due() {
    const { incidents, session } = this
    return sounding(incidents.incidents.value, { room: incidents.room, mayAnswer: session.may('command'), policies: this.policies.value, times: this.times })
  }

  private look(): void {
    const { incidents, session } = this
    const pictures = casePictures(session.state.value, incidents.incidents.value, incidents.room, this.policies.value)
    const there = new Set(pictures.map(key))
    this.settled = new Set([...this.settled].filter((one) => there.has(one)))
    const seen = new Set(Object.values(session.state.value.tiles).map(({ unit }) => unit))
    pictures.filter(({ unit }) => seen.has(unit)).forEach((picture) => this.settled.add(key(picture)))
    for (const picture of pictures) {
      if (picture.policy.reception !== 'atOnce' || this.settled.has(key(picture))) continue
      this.settled.add(key(picture))
      this.take(picture.unit)
      session.notice('urgency.taken', { unit: session.state.value.units[picture.unit]!.name, title: picture.title })
    }
    this.offered.value = pictures.filter((picture) => picture.policy.reception === 'offered' && !this.settled.has(key(picture)))
  }
}

function key({ unit, incident, policy }: CasePicture): string {
  return `${unit} ${incident} ${policy.reception}`
}

export function useSeverity(): SeverityDesk {
  const desk = inject(SEVERITY)
  if (!desk) throw new Error('no severities around this component')
  return desk
}
