import { assertNever } from '#shared/domain/assert-never.ts'
import { destinationKey, type SourceTarget } from '#shared/domain/s3-location-model.ts'
import { GIB } from '#shared/domain/units.ts'
import { explainListingFailure, type ListingFailure } from './listing-failure-rules.ts'
import { createMilestones, type Milestones } from './milestones.ts'
import {
  type ListedObject,
  type Listing,
  type ListingInput,
  ListingTooLargeError,
  lookUpObject,
} from './object-listing.ts'
import { listObjects, listTarget } from './store-listing.ts'

/** Both ends of a migration, by destination key, in S3's order. They throw `ListingFailedError` and nothing else. */
export interface SideListings {
  readonly source: Listing
  readonly destination: Listing
}

/** An aborted listing fails too: whoever aborted knows. */
export class ListingFailedError extends Error {
  override readonly name = 'ListingFailedError'
  readonly failure: ListingFailure

  constructor(failure: ListingFailure, cause: unknown) {
    super(failure.message, { cause })
    this.failure = failure
  }
}

export interface SideEnds {
  readonly source: ListingInput
  readonly destination: ListingInput
  /** To be given by whoever opens listings of the same sides more than once: later ones are then faster. */
  readonly milestones?: Milestones
}

/** The source key of what the listings name by destination key. */
export function sourceKeyFor(target: SourceTarget, destinationPrefix: string, key: string): string {
  const path = key.slice(destinationPrefix.length)
  switch (target.kind) {
    case 'bucket':
      return path
    case 'folder':
      return target.prefix + path
    case 'object':
      return target.key
    default:
      return assertNever(target)
  }
}

export function openSideListings(
  ends: SideEnds,
  target: SourceTarget,
  destinationPrefix: string,
): SideListings {
  // Both sides have the same paths, once they are copied.
  const milestones = ends.milestones ?? createMilestones()
  return {
    async *source() {
      // The order stays S3's: all keys lose the same beginning and get the same.
      for await (const object of explained('source', listTarget({ ...ends.source, milestones }, target))) {
        yield { ...object, key: destinationKey(target, destinationPrefix, object.key) }
      }
    },
    destination: () =>
      explained(
        'destination',
        target.kind === 'object'
          ? lookUpObject(ends.destination, destinationKey(target, destinationPrefix, target.key))
          : listObjects({ ...ends.destination, milestones }, destinationPrefix),
      ),
  }
}

/**
 * Of one side of a migration. At 10,000 objects a second the objects take five hours to list; their names make the
 * report, which the database keeps for months and which is about as large as they are where nothing compresses.
 */
const listingLimits = { objects: 200_000_000, keyBytes: 16 * GIB }

/** Passes the objects on, up to the limits, and throws `ListingFailedError` for whatever they throw. */
export async function* explained(
  side: 'source' | 'destination',
  listed: AsyncIterable<ListedObject>,
  limits: typeof listingLimits = listingLimits,
): AsyncGenerator<ListedObject> {
  let [objects, keyBytes] = [0, 0]
  try {
    for await (const object of listed) {
      objects += 1
      keyBytes += Buffer.byteLength(object.key)
      if (objects > limits.objects) throw new ListingTooLargeError(`more than ${limits.objects} objects`)
      if (keyBytes > limits.keyBytes) throw new ListingTooLargeError(`more than ${limits.keyBytes} bytes of keys`)
      yield object
    }
  } catch (error) {
    throw new ListingFailedError(explainListingFailure(error, side), error)
  }
}
