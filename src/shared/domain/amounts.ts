import { KIB, MIB } from './units.ts'

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
  return `${formatCount(Math.round(bytesPerSecond / KIB))} KiB/s`
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
