const LOCALE = 'en-US'

/** A ticking clock: `0:07`, `12:07`, `1:02:07`, `2 d 03:12:09`. */
export function formatElapsed(ms: number): string {
  const { days, hours, minutes, seconds } = partsOf(ms)
  const tail = `${twoDigits(minutes)}:${twoDigits(seconds)}`
  if (days > 0) return `${days} d ${twoDigits(hours)}:${tail}`
  return hours > 0 ? `${hours}:${tail}` : `${minutes}:${twoDigits(seconds)}`
}

/** A spoken duration in its two largest units: `48 s`, `12 min 7 s`, `1 h 32 min`, `2 d 3 h`. */
export function formatDuration(ms: number): string {
  const { days, hours, minutes, seconds } = partsOf(ms)
  if (days > 0) return joinParts([days, 'd'], [hours, 'h'])
  if (hours > 0) return joinParts([hours, 'h'], [minutes, 'min'])
  if (minutes > 0) return joinParts([minutes, 'min'], [seconds, 's'])
  return `${seconds} s`
}

/** `14:32` in the person's own time zone. */
export function formatClock(isoTime: string): string {
  return new Date(isoTime).toLocaleTimeString(LOCALE, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
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
