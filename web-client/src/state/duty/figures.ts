import type { FigureLine, FigurePart, Period, Shift } from '@/protocol/duty'

/** Nothing to be a share of. */
export const ABSENT = '–'
const DAY_MS = 86_400_000

export function percent(rate: number | undefined): string {
  if (rate === undefined) return ABSENT
  // What is not all is never shown as all.
  const shown = rate < 1 ? Math.min(99.9, Math.round(rate * 1000) / 10) : 100
  return `${shown}%`
}

export function oneDigit(value: number | undefined): string {
  return value === undefined ? ABSENT : (Math.round(value * 10) / 10).toFixed(1)
}

/** Minutes in the two largest units that say something; `d`, `h` and `m` are put into words by who shows them. */
export function handling(minutes: number | undefined): { key: 'none' | 'less' | 'm' | 'hm' | 'dh'; a: number; b: number } {
  if (minutes === undefined) return { key: 'none', a: 0, b: 0 }
  const whole = Math.round(minutes)
  if (whole < 1) return { key: 'less', a: 0, b: 0 }
  if (whole < 60) return { key: 'm', a: whole, b: 0 }
  if (whole < 1440) return { key: 'hm', a: Math.floor(whole / 60), b: whole % 60 }
  return { key: 'dh', a: Math.floor(whole / 1440), b: Math.floor((whole % 1440) / 60) }
}

/** The first day of the period before or after, by the calendar; all in `2026-11-29`. */
export function step(period: Period, from: string, by: 1 | -1): string {
  const at = new Date(`${from}T00:00:00Z`)
  if (period === 'month') at.setUTCMonth(at.getUTCMonth() + by, 1)
  else at.setUTCDate(at.getUTCDate() + by * (period === 'week' ? 7 : 1))
  return at.toISOString().slice(0, 10)
}

/** Today in the place where this page is read. */
export function dayOf(at: number, zone?: string): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: zone }).format(at)
}

/** Monday of the week. */
export function mondayOf(day: string): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7))
  return at.toISOString().slice(0, 10)
}

/** Those with the most first, and what is empty left out. */
export function ranked(parts: readonly FigurePart[]): FigurePart[] {
  return parts.filter(({ figures }) => isSomething(figures)).sort((a, b) => b.figures.received - a.figures.received || a.key.localeCompare(b.key))
}

export function isSomething(line: FigureLine): boolean {
  return [line.received, line.closed, line.open, line.rated, line.limits, line.parts, line.reports, line.orderShares].some((count) => count > 0)
}

/** Of a row of the roster: which shifts begin on this day, by their beginning. */
export function shiftsOn(shifts: readonly Shift[], post: string, dayStart: number): Shift[] {
  return shifts
    .filter((shift) => shift.post === post && Date.parse(shift.from) < dayStart + DAY_MS && Date.parse(shift.until) > dayStart && (Date.parse(shift.from) >= dayStart || Date.parse(shift.until) - dayStart > DAY_MS / 2))
    .sort((a, b) => a.from.localeCompare(b.from))
}
