import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** The clock, for everything that shows an age. One timer per screen is enough. */
export function useNow(everyMs = 1000): Ref<number> {
  const now = ref(Date.now())
  let timer: ReturnType<typeof setInterval> | undefined
  onMounted(() => (timer = setInterval(() => (now.value = Date.now()), everyMs)))
  onBeforeUnmount(() => clearInterval(timer))
  return now
}

export function clockText(at: number | string, locale: string, seconds = false): string {
  const format: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hour12: false }
  if (seconds) format.second = '2-digit'
  return new Date(at).toLocaleTimeString(locale, format)
}

/** When something ends: midnight is the end of a day and not its beginning. */
export function endText(at: number | string, locale: string): string {
  const text = clockText(at, locale)
  return text === '00:00' ? '24:00' : text
}

export function dateText(at: number, locale: string): string {
  return new Date(at).toLocaleDateString(locale, { month: 'long', day: 'numeric', weekday: 'short' })
}

/** `mm:ss`, or `h:mm:ss` from an hour on. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}

/** `11-29 14:05`: for what may have been on another day. */
export function momentText(at: number | string, locale: string): string {
  return new Date(at).toLocaleString(locale, { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false })
}
