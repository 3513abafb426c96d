import { mkdirSync, writeFileSync } from 'node:fs';
import { target } from '../playwright.config.ts';
import type { SeenFrame } from './page-scripts.ts';

/** The value below which the given share of the values lies. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

export interface Motion {
  frames: number;
  damaged: number;
  backwards: number;
  framesPerSecond: number;
  skipped: number;
  longestGapMs: number;
  delayMedianMs: number;
  delayP95Ms: number;
}

/**
 * How a picture moved: pace and order of its counters, gaps between frames, glass-to-glass delay. Where the page has
 * much to do, it looks at a picture only when the next one is there already, reads that one twice and one not at all:
 * no picture has gone backwards then.
 */
export function motionOf(frames: SeenFrame[]): Motion {
  const good = frames.filter((frame) => !frame.damaged);
  let backwards = 0;
  let skipped = 0;
  let stepBefore = 0;
  let longestGapMs = 0;
  good.forEach((frame, index) => {
    const before = good[index - 1];
    if (!before) return;
    const step = (frame.counter - before.counter + 65_536) % 65_536;
    const readLate = step === 0 && stepBefore > 1;
    if ((step === 0 && !readLate) || step > 32_768) backwards++;
    else if (!readLate) skipped += step - 1;
    stepBefore = step;
    longestGapMs = Math.max(longestGapMs, frame.shownMs - before.shownMs);
  });
  const span = (good.at(-1)?.shownMs ?? 0) - (good[0]?.shownMs ?? 0);
  const delays = good.map((frame) => frame.shownMs - frame.sentMs);
  return {
    frames: frames.length,
    damaged: frames.length - good.length,
    backwards,
    framesPerSecond: span > 0 ? ((good.length - 1) * 1000) / span : 0,
    skipped,
    longestGapMs: Math.round(longestGapMs),
    delayMedianMs: Math.round(quantile(delays, 0.5)),
    delayP95Ms: Math.round(quantile(delays, 0.95)),
  };
}

const kept: Record<string, unknown> = {};

/** Prints a measured figure and keeps it in target/e2e/figures.json. */
export function report(name: string, figures: unknown): void {
  kept[name] = figures;
  console.log(`      ${name}: ${JSON.stringify(figures)}`);
  mkdirSync(target, { recursive: true });
  writeFileSync(`${target}/figures-${process.pid}.json`, JSON.stringify(kept, null, 2));
}
