import type { ListedObject, Listing } from '../../../../../../server/worker/inventory/object-listing.ts'
import { ListingFailedError } from '../../../../../../server/worker/inventory/side-listings.ts'

export type Listed = Pick<ListedObject, 'key'> & Partial<ListedObject>

/** A listing of these objects; what is not given of one is of no importance. */
export const listingOf = (objects: readonly Listed[]): Listing =>
  async function* () {
    await Promise.resolve()
    for (const object of objects) {
      yield { size: 1, etag: '', lastModifiedMs: 0, storageClass: 'STANDARD', isArchived: false, ...object }
    }
  }

export const failingListing: Listing = () => ({
  [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new ListingFailedError(failure, null)) }),
})

const failure = { code: 'unreachable', side: 'source', message: 'gone', permanent: false } as const
