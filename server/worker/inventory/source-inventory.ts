import type { SourceInventory } from '#shared/contract/schemas.ts'
import { sumCounts } from '#shared/domain/count-rules.ts'
import { pause } from '../pause.ts'
import type { Amount, ShownProgress } from '../progress/shown-progress.ts'
import { isBeyondRclone } from '../stragglers/rclone-key-rules.ts'
import { likenessOf } from './likeness-rules.ts'
import { type ListedPair, walkPairs } from './pair-listings.ts'
import { ListingFailedError, type SideListings } from './side-listings.ts'

export interface InventoryInput {
  readonly listings: SideListings
  /** Listings name objects by destination key. */
  readonly toSourceKey: (key: string) => string
  readonly progress: Pick<ShownProgress, 'setTotals' | 'setAlreadyThere' | 'setOutOfReach'>
  readonly startedAtMs: number
  /** Of the source, see `likenessOf`. */
  readonly isEtagOpaque: boolean
  readonly signal: AbortSignal
  /** Aborted when the copy has ended: what is being counted is counted to its end, and not begun again. */
  readonly copyEnd: AbortSignal
  /** Called once, when all of the source has been counted. */
  readonly onInventory: (inventory: SourceInventory) => Promise<unknown>
  /** Called once, when it is given up. */
  readonly onFailure: (error: unknown) => void
}

/** Between tries, doubling. Each lists both sides anew. */
const FIRST_PAUSE_MS = 30_000
const LONGEST_PAUSE_MS = 15 * 60_000
const MAX_SHOWN_CLASSES = 20
/** Stores know about ten; a hostile one must not fill the memory. */
const MAX_CLASSES = 1_000

/**
 * Counts the source while rclone copies: the totals, once they are known to the last object, how much of it was at
 * the destination before, and what of it needs care. Archived objects are part of the totals: the percentage is of
 * what the source holds, and 100 means that all of it is across. What has changed at the destination since
 * `startedAtMs` is counted by rclone; clocks that differ by seconds only make the bar inexact, never the end. Never
 * rejects: what may pass is tried again, and nothing waits for it but the totals; without it they stay unknown, and
 * rclone or the verification meets the same trouble and decides.
 */
export async function takeInventory(input: InventoryInput): Promise<void> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      await countSource(input)
      return
    } catch (error) {
      const mayPass = error instanceof ListingFailedError && !error.failure.permanent
      if (mayPass) await pause(pauseMs, AbortSignal.any([input.signal, input.copyEnd]))
      if (input.signal.aborted) return
      if (!mayPass || input.copyEnd.aborted) {
        input.onFailure(error)
        return
      }
    }
  }
}

async function countSource(input: InventoryInput): Promise<void> {
  const { source, destination } = input.listings
  const found = await walkPairs(source, destination, (pairs) => countPairs(pairs, input))
  input.progress.setAlreadyThere(found.present)
  input.progress.setOutOfReach(found.outOfReach)
  input.progress.setTotals(found.total)
  await input.onInventory(found.inventory)
}

async function countPairs(pairs: AsyncIterable<ListedPair>, input: InventoryInput) {
  const [total, present, oddKeys] = [createCount(), createCount(), createCount()]
  const [archived, outOfReach] = [createCount(), createCount()]
  const classes = new Map<string, Count>()
  for await (const pair of pairs) {
    const { key, size, storageClass, isArchived } = pair.source
    total.add(size)
    const isThere = isPresent(pair, input)
    if (isThere) present.add(size)
    if (isArchived) archived.add(size)
    if (isArchived && !isThere) outOfReach.add(size)
    if (isBeyondRclone({ sourceKey: input.toSourceKey(key), destinationKey: key, bytes: size })) oddKeys.add(size)
    let count = classes.get(storageClass)
    if (count === undefined && classes.size < MAX_CLASSES) classes.set(storageClass, (count = createCount()))
    count?.add(size)
  }
  const storageClasses = [...classes]
    .map(([name, count]) => ({ storageClass: name, ...count.amount() }))
    .sort((a, b) => b.bytes - a.bytes || b.objects - a.objects)
    .slice(0, MAX_SHOWN_CLASSES)
  const inventory: SourceInventory = { storageClasses, archived: archived.amount(), oddKeys: oddKeys.amount() }
  return { total: total.amount(), present: present.amount(), outOfReach: outOfReach.amount(), inventory }
}

function isPresent({ source, destination }: ListedPair, input: InventoryInput): boolean {
  if (destination === null || destination.lastModifiedMs >= input.startedAtMs) return false
  return ['by-checksum', 'by-size'].includes(likenessOf(source, destination, input.isEtagOpaque))
}

interface Count {
  readonly add: (bytes: number) => void
  readonly amount: () => Amount
}

function createCount(): Count {
  let [objects, bytes] = [0, 0]
  return {
    add(more) {
      objects += 1
      bytes = sumCounts(bytes, more)
    },
    amount: () => ({ objects, bytes }),
  }
}
