import type { ListedObject, Listing } from '../inventory/object-listing.ts'
import type { SideListings } from '../inventory/side-listings.ts'

export interface WatchedListings extends SideListings {
  /** Source objects that all walks together have come by. */
  readonly walked: () => number
  /** It has answered as a store, at least once. */
  readonly hasListed: (side: 'source' | 'destination') => boolean
}

export function watchListings(listings: SideListings): WatchedListings {
  const listed = new Set<'source' | 'destination'>()
  let walked = 0
  const watched = (side: 'source' | 'destination'): Listing =>
    async function* (): AsyncGenerator<ListedObject> {
      for await (const object of listings[side]()) {
        listed.add(side)
        if (side === 'source') walked += 1
        yield object
      }
      listed.add(side)
    }
  return {
    source: watched('source'),
    destination: watched('destination'),
    walked: () => walked,
    hasListed: (side) => listed.has(side),
  }
}
