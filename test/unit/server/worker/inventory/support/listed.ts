import type { ListedObject, Listing } from '../../../../../../server/worker/inventory/object-listing.ts'

export const listed = (key: string, facts: Partial<ListedObject> = {}): ListedObject => ({
  key,
  size: 1,
  etag: '',
  lastModifiedMs: 0,
  storageClass: 'STANDARD',
  isArchived: false,
  ...facts,
})

export const listing = (...objects: readonly ListedObject[]): Listing =>
  async function* () {
    yield* objects
  }

export async function collect<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
