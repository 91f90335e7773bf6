/**
 * Runs one task for each key at a time: who asks again while it runs gets the answer of the one that is under way.
 * A repeated click is then the same click.
 */
export function createSingleFlight<T>(): (key: string, task: () => Promise<T>) => Promise<T> {
  const underWay = new Map<string, Promise<T>>()
  return (key, task) => {
    const joined = underWay.get(key)
    if (joined !== undefined) return joined
    const started = task().finally(() => underWay.delete(key))
    underWay.set(key, started)
    return started
  }
}
