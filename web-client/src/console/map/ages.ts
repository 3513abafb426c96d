type Words = (key: string, values?: Record<string, string | number>) => string

/** `40 秒`, `5 分`, `3 小时`, `2 天`: as exact as an age has to be. */
export function ageText(ms: number, t: Words): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return t('age.seconds', { count: seconds })
  if (seconds < 3600) return t('age.minutes', { count: Math.floor(seconds / 60) })
  if (seconds < 86_400) return t('age.hours', { count: Math.floor(seconds / 3600) })
  return t('age.days', { count: Math.floor(seconds / 86_400) })
}

/** `350 m`, `2.4 km`. */
export function metresText(metres: number): string {
  if (metres < 1000) return `${Math.round(metres / 10) * 10} m`
  return `${(metres / 1000).toFixed(metres < 10_000 ? 1 : 0)} km`
}
