/**
 * Maps the items with at most `limit` mappings under way, and yields the results in the order of the items, in
 * the memory of `limit` results. A mapping that needs no waiting costs no promise. The first error of the items
 * or of a mapping is thrown when its turn comes.
 */
export async function* mapInOrder<T, R>(
  items: AsyncIterable<T>,
  limit: number,
  map: (item: T) => R | Promise<R>,
): AsyncGenerator<R> {
  const open: (R | Promise<R>)[] = []
  try {
    for await (const item of items) {
      const mapped = map(item)
      if (open.length === 0 && !(mapped instanceof Promise)) {
        yield mapped
        continue
      }
      // Its rejection is met below; until then it must not count as unhandled.
      if (mapped instanceof Promise) mapped.catch(() => undefined)
      open.push(mapped)
      if (open.length >= limit) yield await (open.shift() as R | Promise<R>)
    }
    while (open.length > 0) yield await (open.shift() as R | Promise<R>)
  } finally {
    await Promise.allSettled(open)
  }
}
