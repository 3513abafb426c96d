import type { Assignee, Order, ReportedStep, Severity, Step } from '@/protocol/messages'
import type { PendingReport } from './model'

const RANK: Record<Step, number> = { placed: 0, delivered: 1, read: 2, accepted: 3, refused: 3, enRoute: 4, arrived: 5, done: 6 }
const SEVERITY_RANK: Record<Severity, number> = { red: 0, orange: 1, yellow: 2 }

/** Steps that were taken between two versions of an order. */
export function newSteps(before: Order | undefined, after: Order): { assignee: Assignee; step: Step }[] {
  const known = new Map((before?.assignees ?? []).map((assignee) => [assignee.unit, assignee.step]))
  return after.assignees
    .filter((assignee) => known.get(assignee.unit) !== assignee.step)
    .map((assignee) => ({ assignee, step: assignee.step }))
}

/** What the terminal may press next; refusing is offered only where accepting is. */
export function nextSteps(step: Step): ReportedStep[] {
  switch (step) {
    case 'placed':
    case 'delivered':
    case 'read':
      return ['accepted', 'refused']
    case 'accepted':
      return ['enRoute', 'arrived']
    case 'enRoute':
      return ['arrived']
    case 'arrived':
      return ['done']
    case 'refused':
    case 'done':
      return []
  }
}

/** How far this unit is, counting what it has reported and the server has not confirmed. */
export function effectiveStep(order: Order, unit: string, pending: readonly PendingReport[]): Step {
  const confirmed = order.assignees.find((assignee) => assignee.unit === unit)?.step ?? 'placed'
  let step = confirmed
  for (const report of pending) {
    if (report.order === order.id && RANK[report.step] > RANK[step]) step = report.step
  }
  return step
}

export function isOpen(step: Step): boolean {
  return step !== 'done' && step !== 'refused'
}

/** Automatic steps still owed for an order that has reached this terminal: delivered, then read once it is on the screen. */
export function owedSteps(step: Step, onScreen: boolean): ReportedStep[] {
  const owed: ReportedStep[] = []
  if (RANK[step] < RANK.delivered) owed.push('delivered')
  if (onScreen && RANK[step] < RANK.read) owed.push('read')
  return owed
}

/** Open orders first, the most severe and then the newest on top. */
export function inboxOrder(orders: Order[], stepOf: (order: Order) => Step): Order[] {
  return [...orders].sort((a, b) => {
    const open = Number(isOpen(stepOf(b))) - Number(isOpen(stepOf(a)))
    if (open !== 0) return open
    const severity = SEVERITY_RANK[a.severity] - SEVERITY_RANK[b.severity]
    if (severity !== 0 && isOpen(stepOf(a))) return severity
    return sortKeyOf(b).localeCompare(sortKeyOf(a))
  })
}

export function sortKeyOf(order: Order): string {
  return `${order.placedAt} ${order.id}`
}
