import type { Pace } from '@/state/replay/pace'

/** Keeps an element whose beginning is loaded to where the clock is, in milliseconds of its own; `rate` 0 where it is to stand. */
export function keepPace(element: HTMLMediaElement, pace: Pace, wanted: number, rate: number): void {
  const at = element.currentTime * 1000
  // What is over goes on only where the clock goes back.
  if (element.readyState === 0 || element.seeking || (element.ended && wanted >= at)) return
  const step = pace.step(at, wanted, rate, performance.now())
  if (step.jump !== undefined) element.currentTime = step.jump / 1000
  if (step.rate > 0 && element.playbackRate !== step.rate) element.playbackRate = step.rate
}
