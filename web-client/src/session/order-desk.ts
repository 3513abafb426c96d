import type { LetterStore } from '@/connection/durable'
import { Refusal } from '@/connection/link'
import { newId } from '@/connection/new-id'
import type { ClientMessage, Order, OrderPlace, OrderReport, ReportedStep, Severity } from '@/protocol/messages'
import { effectiveStep, owedSteps } from '@/state/orders'
import type { Wiring } from './wiring'

export interface NewOrder { units: string[]; group?: string; text: string; severity: Severity; incident?: string }

/** Placing orders and reporting their steps. What is pressed is on disk before it is on the wire. */
export class OrderDesk {
  private readonly seen = new Set<string>()

  constructor(private readonly wiring: Wiring, private readonly store: LetterStore, private readonly user: string) {}

  /** A letter that a crash or a flat battery left behind; false when it is none of ours. */
  again(message: ClientMessage): boolean {
    if (message.type === 'order.place') this.submitPlace(message)
    else if (message.type === 'order.report') this.submitReport(message)
    else return false
    return true
  }

  place(order: NewOrder): string {
    const message: OrderPlace = {
      type: 'order.place', order: newId(), units: order.units, text: order.text, severity: order.severity,
      ...(order.group ? { group: order.group } : {}), ...(order.incident ? { incident: order.incident } : {}),
    }
    this.persist(message.order, message)
    this.submitPlace(message)
    return message.order
  }

  /** Sends a refused draft again under its own number. */
  retry(order: string): void {
    const draft = this.wiring.model().drafts.find((known) => known.order === order)
    if (!draft) return
    this.drop(order)
    this.place(draft)
  }

  drop(order: string): void {
    void this.store.remove(order)
    this.wiring.apply({ type: 'local.draft-dropped', order })
  }

  report(order: string, step: ReportedStep, reason?: string): void {
    if (this.wiring.model().pending.some((known) => known.order === order && known.step === step)) return
    const at = new Date(this.wiring.now()).toISOString()
    const message: OrderReport = { type: 'order.report', order, step, at, ...(reason ? { reason } : {}) }
    this.persist(reportId(message), message)
    this.submitReport(message)
  }

  /** An order addressed to us has arrived: say so, whoever looks at the screen. */
  arrived(order: Order, unit: string): void {
    if (!order.assignees.some((assignee) => assignee.unit === unit)) return
    this.owe(order, unit, this.seen.has(order.id))
  }

  /** The order is on a screen that somebody can see. */
  shown(order: Order, unit: string): void {
    this.seen.add(order.id)
    this.owe(order, unit, true)
  }

  private owe(order: Order, unit: string, onScreen: boolean): void {
    const step = effectiveStep(order, unit, this.wiring.model().pending)
    for (const owed of owedSteps(step, onScreen)) this.report(order.id, owed)
  }

  private persist(id: string, message: ClientMessage): void {
    void this.store.put({ id, user: this.user, message, at: this.wiring.now() })
  }

  private submitPlace(message: OrderPlace): void {
    const { order, units, group, text, severity, incident } = message
    this.wiring.apply({ type: 'local.drafted', draft: { order, units, group, text, severity, incident, at: this.wiring.now() } })
    this.wiring.link.keep(message, order).then(
      () => void this.store.remove(order),
      (error: unknown) => {
        void this.store.remove(order)
        const code = error instanceof Refusal ? error.code : 'internal'
        this.wiring.apply({ type: 'local.draft-refused', order, code })
        this.wiring.play('deny')
      },
    )
  }

  private submitReport(message: OrderReport): void {
    const { order, step, reason, at } = message
    this.wiring.apply({ type: 'local.reported', report: { order, step, reason, at } })
    const settled = (): void => {
      void this.store.remove(reportId(message))
      this.wiring.apply({ type: 'local.report-settled', order, step })
    }
    this.wiring.link.keep(message, reportId(message)).then(settled, (error: unknown) => {
      settled()
      // Delivered and read are said by the page itself: nobody pressed a button that failed.
      if (step !== 'delivered' && step !== 'read') this.wiring.failed('report', error)
    })
  }
}

function reportId(message: OrderReport): string {
  return `${message.order}/${message.step}`
}
