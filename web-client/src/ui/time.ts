import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** The clock, for everything that shows an age. One timer per screen is enough. */
export function useNow(everyMs = 1000): Ref<number> {
  const now = ref(Date.now())
  let timer: ReturnType<typeof setInterval> | undefined
  onMounted(() => (timer = setInterval(() => (now.value = Date.now()), everyMs)))
  onBeforeUnmount(() => clearInterval(timer))
  return now
}

const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hour12: false }
const CLOCK_SECONDS: Intl.DateTimeFormatOptions = { ...CLOCK, second: '2-digit' }
const DATE: Intl.DateTimeFormatOptions = { month: 'long', day: 'numeric', weekday: 'short' }
const MOMENT: Intl.DateTimeFormatOptions = { ...CLOCK, month: '2-digit', day: '2-digit' }
const formats = new Map<Intl.DateTimeFormatOptions, Map<string, Intl.DateTimeFormat>>()

/** To make a format takes a browser many times as long as to use it, and lists say hundreds of times at once. */
function said(at: number | string, locale: string, how: Intl.DateTimeFormatOptions): string {
  let byLocale = formats.get(how)
  if (!byLocale) formats.set(how, (byLocale = new Map()))
  let format = byLocale.get(locale)
  if (!format) byLocale.set(locale, (format = new Intl.DateTimeFormat(locale, how)))
  return format.format(new Date(at))
}

export function clockText(at: number | string, locale: string, seconds = false): string {
  return said(at, locale, seconds ? CLOCK_SECONDS : CLOCK)
}

/** When something ends: midnight is the end of a day and not its beginning. */
export function endText(at: number | string, locale: string): string {
  const text = clockText(at, locale)
  return text === '00:00' ? '24:00' : text
}

export function dateText(at: number, locale: string): string {
  return said(at, locale, DATE)
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
  return said(at, locale, MOMENT)
}
