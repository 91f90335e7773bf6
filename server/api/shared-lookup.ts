import { setTimeout as pause } from 'node:timers/promises'
import type { Caller, CallerStore } from '../stores/ports.ts'

/** Between two queries: what a guess at a key waits, and how often all guesses together reach the database. */
const GATHER_MS = 100
/** Beyond this many in one query a key is refused unseen. */
const MAX_KEYS = 1_000

interface Batch {
  readonly keyHashes: Buffer[]
  readonly found: Promise<ReadonlyMap<string, Caller>>
}

/**
 * Looks doubtful keys up: all that come within a moment share one query, and one query at a time is on its way.
 * Null when the key is unknown or revoked.
 */
export function createSharedLookup(
  callers: Pick<CallerStore, 'findByKeyHashes'>,
): (keyHash: Buffer) => Promise<Caller | null> {
  let gathering: Batch | undefined
  let last: Promise<unknown> = Promise.resolve()

  const startBatch = (): Batch => {
    const keyHashes: Buffer[] = []
    const ask = async (): Promise<ReadonlyMap<string, Caller>> => {
      await pause(GATHER_MS)
      gathering = undefined
      return callers.findByKeyHashes(keyHashes)
    }
    const found = last.then(ask)
    last = found.catch(() => undefined)
    return { keyHashes, found }
  }
  return async (keyHash) => {
    const { keyHashes, found } = (gathering ??= startBatch())
    if (keyHashes.length >= MAX_KEYS) return null
    keyHashes.push(keyHash)
    return (await found).get(keyHash.toString('hex')) ?? null
  }
}
