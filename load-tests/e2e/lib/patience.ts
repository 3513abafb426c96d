/**
 * How much longer than its aim something may take before a test fails. These tests measure real time on
 * machines that others share and that lose more than half of their processor for seconds; the figures are
 * printed beside the aims, and judged by hand and in bin/bench. E2E_SLACK=1 holds everything to its aim.
 */
const SLACK = Number(process.env.E2E_SLACK ?? 4);

/** The bound for a duration whose aim is given. */
export function within(aim: number): number {
  return aim * SLACK;
}

/** The bound for a rate whose aim is given. */
export function atLeast(aim: number): number {
  return aim / Math.min(SLACK, 2);
}
