const FIRST_MS = 1_000
const LONGEST_MS = 30_000

/**
 * How long to wait before try `failures + 1`: doubling from one second to half a minute, each time a random
 * half of it less, so that many apps do not come back at the same instant. `random` is 0..1.
 */
export function backoffMs(failures: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(Math.max(failures - 1, 0), 10))
  return Math.round(full * (1 - random / 2))
}
