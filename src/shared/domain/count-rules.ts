/**
 * The sum of counts. What stores say of themselves adds up to anything; it stops at the largest number that is exact
 * everywhere: here, in JSON and in the database.
 */
export function sumCounts(...counts: readonly number[]): number {
  return Math.min(
    Number.MAX_SAFE_INTEGER,
    counts.reduce((sum, count) => sum + count, 0),
  )
}
