import type { Alert, Burst, UnitPosition } from '@/protocol/messages'
import type { KnownAlert, Model } from './model'
import { withMotion } from './place/motion'
import { say } from './ticker'

const BURSTS_KEPT = 300
const SEVERITY_RANK = { red: 0, orange: 1, yellow: 2 } as const

/** Calls for help, positions, and what was said. */
export function alertChanged(model: Model, alert: Alert, at: number): Model {
  const known = model.alerts[alert.id]
  const raising = model.raising?.alert === alert.id ? undefined : model.raising
  const alerts = { ...model.alerts }
  if (isOpen(alert)) alerts[alert.id] = { ...alert, heardAt: known?.heardAt ?? at }
  else delete alerts[alert.id]
  const next = { ...model, alerts, raising }
  if (known?.phase === alert.phase || (!known && !isOpen(alert))) return next
  const values = { unit: alert.name, by: alert.endedBy ?? '', reason: alert.reason ?? '' }
  const key = alert.phase === 'closed' && alert.reason ? 'closedWith' : alert.phase
  return say(next, at, `ticker.alert.${key}`, values, isOpen(alert) ? 'bad' : 'good', alert.unit)
}

function isOpen({ phase }: Alert): boolean {
  return phase === 'pending' || phase === 'active'
}

export function keyedAlerts(model: Model, alerts: readonly Alert[], at: number): Record<string, KnownAlert> {
  return Object.fromEntries(alerts.filter(isOpen).map((alert) => [alert.id, { ...alert, heardAt: model.alerts[alert.id]?.heardAt ?? at }]))
}

/** The most severe first, then the oldest: who waits longest. */
export function openAlerts(model: Model): KnownAlert[] {
  return Object.values(model.alerts).sort((a, b) => SEVERITY_RANK[a.tier] - SEVERITY_RANK[b.tier] || a.raisedAt.localeCompare(b.raisedAt))
}

export function ownAlert(model: Model): KnownAlert | undefined {
  return openAlerts(model).find(({ unit }) => unit === model.me?.unit)
}

/** Milliseconds until a pending alert is active, by this page's clock. */
export function pendingLeftMs(alert: KnownAlert, now: number): number {
  return Math.max(0, alert.heardAt + (Date.parse(alert.activeAt) - Date.parse(alert.raisedAt)) - now)
}

export function positionsChanged(model: Model, changed: readonly UnitPosition[]): Model {
  const positions = { ...model.positions }
  for (const position of changed) {
    const known = positions[position.unit]
    if (!known || known.at <= position.at) positions[position.unit] = withMotion(known, position)
  }
  return { ...model, positions }
}

export function burstEnded(model: Model, burst: Burst): Model {
  return { ...model, bursts: withBursts(model.bursts, [burst]) }
}

/** Older ones that somebody has asked for; what we know of them already is as good. */
export function burstsFound(model: Model, found: readonly Burst[]): Model {
  const known = new Set(model.bursts.map(({ id }) => id))
  return { ...model, bursts: withBursts(model.bursts, found.filter(({ id }) => !known.has(id))) }
}

/** What the server does not count as missed any more was heard, here or at another device. */
export function burstsFromSnapshot(known: readonly Burst[], missed: readonly Burst[]): Burst[] {
  const open = new Set(missed.map(({ id }) => id))
  return withBursts(known.map((burst) => (open.has(burst.id) || burst.heard ? burst : { ...burst, heard: true })), missed)
}

function withBursts(known: readonly Burst[], more: readonly Burst[]): Burst[] {
  const newer = new Set(more.map(({ id }) => id))
  return [...more, ...known.filter(({ id }) => !newer.has(id))].sort((a, b) => b.at.localeCompare(a.at)).slice(0, BURSTS_KEPT)
}

export function missedBursts(model: Model): Burst[] {
  return model.bursts.filter(({ heard, talker }) => !heard && talker.user !== model.me?.id)
}

export function burstsOf(model: Model, call: string, most: number): Burst[] {
  return model.bursts.filter((burst) => burst.call === call).slice(0, most)
}

/** Who has answered a call for help: talked in its group since, or looks at our picture. */
export function answeredBy(model: Model, alert: Alert): string[] {
  const floor = alert.group ? model.groups[alert.group]?.floor : undefined
  const names = [
    ...(floor ? [floor.talker] : []), ...model.bursts.filter(({ call, at }) => call === alert.group && at >= alert.raisedAt).map(({ talker }) => talker).reverse(),
  ].filter(({ user }) => user !== model.me?.id).map(({ name }) => name)
  const watchers = (model.lives[alert.unit]?.watchers ?? []).filter(({ since }) => since >= alert.raisedAt).map(({ name }) => name)
  return [...new Set([...names, ...watchers])]
}
