import { MIB } from '#shared/domain/units.ts'

/** Sizes are decimal (1 GB = 1000³ bytes), as stores bill them. Rates and the cap are binary (MiB/s), as the cap is set. */
const sizeUnits = ['bytes', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const
const LOCALE = 'en-US'

/** `51002` → `51,002`. */
export function formatCount(count: number): string {
  return count.toLocaleString(LOCALE)
}

/** `1` → `1 file`, `51002` → `51,002 files`. */
export function formatFiles(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'file' : 'files'}`
}

/** Three significant digits: `3.40 TB`, `12.3 GB`, `640 MB`, `12 bytes`. */
export function formatBytes(bytes: number): string {
  const exponent = exponentOf(bytes)
  return exponent === 0 ? exactBytes(bytes) : `${inUnit(bytes, exponent)} ${sizeUnits[exponent]}`
}

/** For the hover: `3,402,119,301,223 bytes`. */
export function exactBytes(bytes: number): string {
  return `${formatCount(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`
}

/** `1.21 of 3.40 TB`: one unit where it fits, `640 GB of 3.40 TB` where the first would read 0.64. */
export function formatBytesOfTotal(bytes: number, total: number): string {
  const exponent = exponentOf(total)
  if (bytes === 0 || exponentOf(bytes) === exponent)
    return `${partInUnit(bytes, total, exponent)} of ${formatBytes(total)}`
  return `${formatBytes(bytes)} of ${formatBytes(total)}`
}

/** `182 MiB/s`; below 1 MiB/s in KiB/s. */
export function formatRate(bytesPerSecond: number): string {
  const mib = bytesPerSecond / MIB
  if (mib >= 1) return `${mib < 10 ? mib.toFixed(1) : formatCount(Math.round(mib))} MiB/s`
  return `${formatCount(Math.round(bytesPerSecond / 1024))} KiB/s`
}

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

// The largest unit in which the value, rounded for display, is still at least 1 and below 1000.
function exponentOf(bytes: number): number {
  let exponent = 0
  while (exponent < sizeUnits.length - 1 && Number((bytes / 1000 ** exponent).toPrecision(3)) >= 1000) exponent += 1
  return exponent
}

function inUnit(bytes: number, exponent: number): string {
  return (bytes / 1000 ** exponent).toFixed(decimalsFor(bytes, exponent))
}

// Rounded down and with the total's decimals: the pair lines up, and an unfinished copy never reads as finished.
function partInUnit(bytes: number, total: number, exponent: number): string {
  if (bytes >= total) return inUnit(total, exponent)
  const decimals = decimalsFor(total, exponent)
  return (Math.floor((bytes / 1000 ** exponent) * 10 ** decimals) / 10 ** decimals).toFixed(decimals)
}

function decimalsFor(bytes: number, exponent: number): number {
  const scaled = Number((bytes / 1000 ** exponent).toPrecision(3))
  return exponent === 0 ? 0 : scaled < 10 ? 2 : scaled < 100 ? 1 : 0
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
