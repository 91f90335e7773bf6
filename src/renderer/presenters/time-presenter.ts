import { formatClock } from '#shared/domain/moments.ts'

const LOCALE = 'en-US'

/** A ticking clock: `0:07`, `12:07`, `1:02:07`, `2 d 03:12:09`. */
export function formatElapsed(ms: number): string {
  const { days, hours, minutes, seconds } = partsOf(ms)
  const tail = `${twoDigits(minutes)}:${twoDigits(seconds)}`
  if (days > 0) return `${days} d ${twoDigits(hours)}:${tail}`
  return hours > 0 ? `${hours}:${tail}` : `${minutes}:${twoDigits(seconds)}`
}

/** A spoken duration in its two largest units: `48 s`, `12 min 7 s`, `1 h 32 min`, `2 days 3 h`. */
export function formatDuration(ms: number): string {
  const { days, hours, minutes, seconds } = partsOf(ms)
  if (days > 0) return joinParts([days, days === 1 ? 'day' : 'days'], [hours, 'h'])
  if (hours > 0) return joinParts([hours, 'h'], [minutes, 'min'])
  if (minutes > 0) return joinParts([minutes, 'min'], [seconds, 's'])
  return `${seconds} s`
}

/** How long something took: `12 min 7 s`; `0 s` would look like a mistake. */
export function formatTook(ms: number): string {
  return ms < 1000 ? 'less than a second' : formatDuration(ms)
}

/** `14:32:07`, for log lines. */
export function formatClockSeconds(isoTime: string): string {
  return new Date(isoTime).toLocaleTimeString(LOCALE, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
}

/** `Today, 14:32`, `Yesterday, 14:32`, `Nov 3, 14:32`, `Nov 3, 2025`: as exact as it is useful that long after. */
export function formatDay(isoTime: string, nowMs: number): string {
  const day = new Date(isoTime)
  const now = new Date(nowMs)
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)
  if (day.toDateString() === now.toDateString()) return `Today, ${formatClock(isoTime)}`
  if (day.toDateString() === yesterday.toDateString()) return `Yesterday, ${formatClock(isoTime)}`
  if (day.getFullYear() !== now.getFullYear()) {
    return day.toLocaleDateString(LOCALE, { year: 'numeric', month: 'short', day: 'numeric' })
  }
  return formatMoment(isoTime, nowMs)
}

/** `Nov 22, 14:32`, in another year `Nov 22, 2025, 14:32`: for a record, where `Today` would not do. */
export function formatMoment(isoTime: string, nowMs: number): string {
  const day = new Date(isoTime)
  const isThisYear = day.getFullYear() === new Date(nowMs).getFullYear()
  const date = day.toLocaleDateString(LOCALE, {
    month: 'short',
    day: 'numeric',
    ...(isThisYear ? {} : { year: 'numeric' }),
  })
  return `${date}, ${formatClock(isoTime)}`
}

/** `Sunday, November 22, 2026 at 14:32:07 GMT+1`, for who wants it exactly. */
export function formatExactMoment(isoTime: string): string {
  return new Date(isoTime).toLocaleString(LOCALE, { dateStyle: 'full', timeStyle: 'long', hourCycle: 'h23' })
}

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/**
 * The time left as a person would say it, the coarser the further off: `Less than a minute left`, `About 12 min left`,
 * `About 4 h 40 min left`, `About 9 hours left`, `About a day and 3 hours left`, `About 12 days left`.
 */
export function formatRemaining(seconds: number): string {
  if (seconds < MINUTE) return 'Less than a minute left'
  return `About ${spokenAmount(roundedTo(grainOf(seconds), seconds))} left`
}

function grainOf(seconds: number): number {
  if (seconds < 20 * MINUTE) return MINUTE
  if (seconds < HOUR) return 5 * MINUTE
  if (seconds < 6 * HOUR) return 10 * MINUTE
  return seconds < 7 * DAY ? HOUR : DAY
}

function roundedTo(grain: number, seconds: number): number {
  return Math.round(seconds / grain) * grain
}

function spokenAmount(seconds: number): string {
  const { days, hours, minutes } = partsOf(seconds * 1000)
  if (days >= 7) return `${days.toLocaleString(LOCALE)} days`
  if (days > 0) {
    const spokenDays = days === 1 ? 'a day' : `${days} days`
    return hours === 0 ? spokenDays : `${spokenDays} and ${spokenHours(hours)}`
  }
  if (hours === 0) return `${minutes} min`
  return minutes === 0 ? spokenHours(hours) : `${hours} h ${minutes} min`
}

function spokenHours(hours: number): string {
  return hours === 1 ? 'an hour' : `${hours} hours`
}

function partsOf(ms: number) {
  const total = Math.max(0, Math.floor(ms / 1000))
  return {
    days: Math.floor(total / 86_400),
    hours: Math.floor(total / 3600) % 24,
    minutes: Math.floor(total / 60) % 60,
    seconds: total % 60,
  }
}

function joinParts([large, largeUnit]: [number, string], [small, smallUnit]: [number, string]): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
