/**
 * Remembers which objects this worker has seen arrive. Not every store can tell: some give an object the date it
 * had at the source. Of each key a hash of 53 bits is kept, so a million keys cost 16 MB.
 */
export interface CopiedKeys {
  readonly add: (sourceKey: string) => void
  readonly has: (sourceKey: string) => boolean
  /** Of those it remembers. */
  readonly size: () => number
}

const INITIAL_SLOTS = 2 ** 10
/** 32 MB, for three million keys. The dates at the destination tell of those beyond. */
const MAX_SLOTS = 2 ** 22
const MAX_LOAD = 0.75
const EMPTY = 0

export function createCopiedKeys(maxSlots = MAX_SLOTS): CopiedKeys {
  let slots = new Float64Array(Math.min(INITIAL_SLOTS, maxSlots))
  let used = 0

  const grow = (): void => {
    const old = slots
    slots = new Float64Array(old.length * 2)
    for (const print of old) if (print !== EMPTY) slots[slotOf(slots, print)] = print
  }
  return {
    add(sourceKey) {
      if (used >= slots.length * MAX_LOAD) {
        if (slots.length >= maxSlots) return
        grow()
      }
      const print = fingerprintOf(sourceKey)
      const slot = slotOf(slots, print)
      if (slots[slot] === EMPTY) used += 1
      slots[slot] = print
    },
    has(sourceKey) {
      const print = fingerprintOf(sourceKey)
      return slots[slotOf(slots, print)] === print
    },
    size: () => used,
  }
}

/** Where it is, or the empty slot where it belongs; the load leaves some empty. */
function slotOf(slots: Float64Array, print: number): number {
  let slot = print % slots.length
  while (slots[slot] !== EMPTY && slots[slot] !== print) slot = (slot + 1) % slots.length
  return slot
}

/** 53 bits, never `EMPTY`: two multiplicative hashes that mix each other at the end (as MurmurHash3 does). */
function fingerprintOf(key: string): number {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < key.length; index += 1) {
    const unit = key.charCodeAt(index)
    high = Math.imul(high ^ unit, 0x9e3779b1)
    low = Math.imul(low ^ unit, 0x5f356495)
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35)
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35)
  return (high & 0x1fffff) * 2 ** 32 + (low >>> 0) + 1
}
