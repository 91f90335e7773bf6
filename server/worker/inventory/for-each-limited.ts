/**
 * Visits the items with at most `limit` visits under way. Resolves when all have ended; the first error of a
 * visit or of the items ends it early, and is thrown.
 */
export async function forEachLimited<T>(
  items: AsyncIterable<T> | Iterable<T>,
  limit: number,
  visit: (item: T) => Promise<void>,
): Promise<void> {
  const open = new Set<Promise<void>>()
  const errors: unknown[] = []
  try {
    for await (const item of items) {
      const visiting: Promise<void> = visit(item)
        .catch((error: unknown) => void errors.push(error))
        .finally(() => open.delete(visiting))
      open.add(visiting)
      if (open.size >= limit) await Promise.race(open)
      if (errors.length > 0) break
    }
  } finally {
    await Promise.all(open)
  }
  if (errors.length > 0) throw errors[0]
}
