import { compareKeys } from './key-order-rules.ts'
import { type ListingChain, openChain } from './listing-chain.ts'
import type { ListedObject, PageStart, ReadPage } from './object-listing.ts'

export interface ParallelListing {
  readonly readPage: ReadPage
  /** A key behind this one (null: any) at which a further chain may begin; null when none is known. */
  readonly nextMilestone: (after: string | null) => string | null
  readonly signal: AbortSignal
}

interface ChainAhead {
  readonly milestone: string
  readonly chain: ListingChain
}

/** Listings under way at once, besides the one that is being given: so much is read in one round trip. */
const CHAINS_AHEAD = 4

/**
 * Every object once, in the order of the store, as pages. Chains that begin at milestones are read ahead; the
 * listing goes over from one chain to the next at a key that both have listed, and nowhere else. Behind that key both
 * would go on alike: so nothing is lost or doubled, wherever the milestones stand, and in whatever order the store
 * lists. A chain that cannot be joined is dropped; the present one goes on in its place.
 */
export async function* listInOrder(listing: ParallelListing): AsyncGenerator<readonly ListedObject[]> {
  const { nextMilestone } = listing
  const open = (start: PageStart, until: string | null): ListingChain =>
    openChain(listing.readPage, start, { until, signal: listing.signal })
  const ahead: ChainAhead[] = []
  let current = open({ kind: 'first' }, nextMilestone(null))
  try {
    for (let objects = await nextPage(current); objects !== null; ) {
      const seam = await findSeam(objects, ahead)
      yield objects.slice(0, seam?.at)
      if (seam !== null) {
        current.close()
        current = seam.chain
        objects = ((await nextPage(current)) ?? []).slice(seam.from)
        continue
      }
      let behind: string | null = ahead.at(-1)?.milestone ?? objects.at(-1)?.key ?? null
      while (behind !== null && ahead.length < CHAINS_AHEAD) {
        const milestone = nextMilestone(behind)
        if (milestone === null) break
        ahead.push({ milestone, chain: open({ kind: 'after', key: milestone }, nextMilestone(milestone)) })
        behind = milestone
      }
      objects = await nextPage(current)
    }
  } finally {
    for (const { chain } of [{ chain: current }, ...ahead]) chain.close()
  }
}

async function nextPage(chain: ListingChain): Promise<readonly ListedObject[] | null> {
  const page = await chain.peek()
  if (page !== null) chain.take()
  return page?.objects ?? null
}

interface Seam {
  readonly chain: ListingChain
  /** The common key in what is being given, and in the chain's first page. */
  readonly at: number
  readonly from: number
}

/** Where the first chain ahead that these objects have reached takes over. Drops those that can no longer. */
async function findSeam(objects: readonly ListedObject[], ahead: ChainAhead[]): Promise<Seam | null> {
  const last = objects.at(-1)
  for (let next = ahead[0]; next !== undefined && last !== undefined; next = ahead[0]) {
    if (compareKeys(last.key, next.milestone) <= 0) return null
    // What keeps this chain from being read will stop the present one as well, if it lasts.
    const page = await next.chain.peek().catch(() => null)
    const seam = page === null ? null : firstCommonKey(objects, page.objects)
    if (seam !== null) {
      ahead.shift()
      return { chain: next.chain, ...seam }
    }
    const lastThere = page?.objects.at(-1)
    if (lastThere !== undefined && compareKeys(lastThere.key, last.key) > 0) return null
    ahead.shift()
    next.chain.close()
  }
  return null
}

function firstCommonKey(
  objects: readonly ListedObject[],
  there: readonly ListedObject[],
): { readonly at: number; readonly from: number } | null {
  let from = 0
  for (const [at, { key }] of objects.entries()) {
    while (from < there.length && compareKeys((there[from] as ListedObject).key, key) < 0) from += 1
    const candidate = there[from]
    if (candidate === undefined) return null
    if (candidate.key === key) return { at, from }
  }
  return null
}
