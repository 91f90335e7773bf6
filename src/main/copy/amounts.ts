const units = ['bytes', 'KB', 'MB', 'GB', 'TB', 'PB'] as const
const STEP = 1000

/** Decimal units, as the providers' consoles count: 3 400 000 000 → `3.40 GB`. */
export function formatBytes(bytes: number): string {
  const step = stepOf(bytes)
  return `${inStep(bytes, step, 2)} ${units[step] ?? ''}`
}

/** Both amounts in the total's unit, short enough for a tooltip: `1.2 of 3.4 GB`. */
export function formatBytesOf(done: number, total: number): string {
  const step = stepOf(total)
  return `${inStep(done, step, 1)} of ${inStep(total, step, 1)} ${units[step] ?? ''}`
}

export function formatFiles(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'file' : 'files'}`
}

function stepOf(bytes: number): number {
  let step = 0
  while (step < units.length - 1 && bytes / STEP ** step >= STEP) step++
  return step
}

// Rounded down: an unfinished copy never reads as finished.
function inStep(bytes: number, step: number, digits: number): string {
  if (step === 0) return String(bytes)
  const scale = 10 ** digits
  return (Math.floor((bytes / STEP ** step) * scale) / scale).toFixed(digits)
}
