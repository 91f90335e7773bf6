/** Runs `act` over the items, `limit` at a time. The first failure ends it. */
export async function forEachAtOnce<T>(items: Iterable<T>, limit: number, act: (item: T) => Promise<void>): Promise<void> {
  // One iterator for all lanes: each takes the next item when it is free.
  const rest = items[Symbol.iterator]()
  const lane = async (): Promise<void> => {
    for (let next = rest.next(); next.done !== true; next = rest.next()) await act(next.value)
  }
  await Promise.all(Array.from({ length: limit }, lane))
}
