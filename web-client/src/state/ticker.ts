import type { Line, Model } from './model'

const KEPT = 60

/** Adds a line to the ticker; the oldest fall off. */
export function say(
  model: Model, at: number, key: string, values: Record<string, string>, tone: Line['tone'] = 'plain', unit?: string,
): Model {
  const line: Line = { id: model.lines, at, key, values, tone, unit }
  return { ...model, lines: model.lines + 1, ticker: [line, ...model.ticker].slice(0, KEPT) }
}
