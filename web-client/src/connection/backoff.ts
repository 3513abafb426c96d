const STEPS_MS = [200, 500, 1000, 2000, 4000, 5000]

/** How long to wait before the next try: quick at first, 5 s for ever, ±20 % so that a county does not come back in one instant. */
export function backoffMs(attempt: number, random: number): number {
  const step = STEPS_MS[Math.min(attempt, STEPS_MS.length - 1)]!
  return Math.round(step * (0.8 + 0.4 * random))
}
