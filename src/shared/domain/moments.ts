const LOCALE = 'en-US'

/** `14:32` in the person's own time zone. */
export function formatClock(isoTime: string): string {
  return new Date(isoTime).toLocaleTimeString(LOCALE, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}

/** Within a sentence: `at 14:32`, `yesterday at 14:32`, `on Nov 3 at 14:32`, `on Nov 3, 2025 at 14:32`. */
export function spokenMoment(isoTime: string, nowMs: number): string {
  const day = new Date(isoTime)
  const now = new Date(nowMs)
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)
  const clock = `at ${formatClock(isoTime)}`
  if (day.toDateString() === now.toDateString()) return clock
  if (day.toDateString() === yesterday.toDateString()) return `yesterday ${clock}`
  const isThisYear = day.getFullYear() === now.getFullYear()
  const year = isThisYear ? {} : ({ year: 'numeric' } as const)
  return `on ${day.toLocaleDateString(LOCALE, { month: 'short', day: 'numeric', ...year })} ${clock}`
}
